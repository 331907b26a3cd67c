import { DataKubernetesNamespaceV1 } from '@cdktf/provider-kubernetes/lib/data-kubernetes-namespace-v1';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { TerraformBackend, type TerraformElement, type TerraformRemoteState, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { siteLabel } from './labels';

/** The one place that knows how Terraform JSON is made: stacks, their state and their addresses, and what is text in it. */

/** Where a stack's state lives. */
export type StateBackend =
  | { readonly kind: 'local' }
  | { readonly kind: 'kubernetes'; readonly namespace: string }
  | { readonly kind: 's3'; readonly bucket: string; readonly region: string; readonly kmsKeyId?: string };

/** The cluster a stack belongs to. */
export interface Cluster {
  readonly estate: string;
  /** Context of the kubeconfig file; the file itself is named by `KUBE_CONFIG_PATH`. */
  readonly context: string;
  /** Value of the label `diptych/site` on namespace `kube-system`. */
  readonly identity: string;
  readonly backend: StateBackend;
}

/** Locks in S3 and conditions on data need this much. */
const terraformVersion = '>= 1.11';

/** Marks and magnitudes in which the synthesizer encodes its tokens, and which it would take for one even in an escaped text. */
const token = /[$#&]\{TfToken\[|e\+(?:289|298)/;

/**
 * Makes a text stand for itself in Terraform JSON, whatever it holds.
 *
 * @throws {RangeError} for a text that the synthesizer would take for one of its own tokens
 */
export function literal(text: string): string {
  if (token.test(text)) throw new RangeError('Cannot write a text as it holds a token of the synthesizer');
  return text.replace(/([$%])\{/g, '$1$1{');
}

class State extends TerraformBackend {
  constructor(
    stack: TerraformStack,
    kind: string,
    private readonly attributes: Readonly<Record<string, unknown>>,
  ) {
    super(stack, 'state_backend', kind);
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { ...this.attributes };
  }

  /** @throws {Error} always: stacks know one another's objects by name, so that no state is read by another */
  override getRemoteStateDataSource(): TerraformRemoteState {
    throw new Error('Cannot refer to a resource of another stack: name its object instead');
  }
}

function stateAttributes(stack: string, { estate, context, backend }: Cluster): Record<string, unknown> {
  if (backend.kind === 'local') return { path: 'terraform.tfstate' };
  if (backend.kind === 'kubernetes') return { namespace: backend.namespace, secret_suffix: stack, config_context: context };
  const { bucket, region, kmsKeyId } = backend;
  const key = `diptych/${estate}/${stack}/terraform.tfstate`;
  return { bucket, key, region, encrypt: true, use_lockfile: true, ...(kmsKeyId && { kms_key_id: kmsKeyId }) };
}

/**
 * One Terraform stack of a site.
 *
 * A resource's address is its path in the stack, joined by underscores, which no id holds: `kubernetes_deployment_v1.risk_tier`.
 * It follows from the plan's ids alone, never from the order or the file in which a resource is written.
 */
export class SiteStack extends TerraformStack {
  constructor(scope: Construct, id: string, cluster: Cluster) {
    super(scope, id);
    new KubernetesProvider(this, 'kubernetes_provider', { configContext: cluster.context });
    this.addOverride('terraform.required_version', terraformVersion);
    // Without its namespace Terraform and OpenTofu resolve the source differently.
    this.addOverride('terraform.required_providers.kubernetes.source', 'hashicorp/kubernetes');
    new State(this, cluster.backend.kind, stateAttributes(id, cluster));
    this.refuseOtherClusters(cluster.identity);
  }

  /** Fails every plan against a cluster that is not this site's, before anything is changed. */
  private refuseOtherClusters(identity: string): void {
    new DataKubernetesNamespaceV1(this, 'this_cluster', {
      metadata: { name: 'kube-system' },
      lifecycle: {
        postcondition: [
          {
            condition: `\${try(self.metadata[0].labels["${siteLabel}"], "") == "${literal(identity)}"}`,
            errorMessage: `Cannot use this cluster as namespace kube-system must carry the label ${siteLabel}=${identity}.`,
          },
        ],
      },
    });
  }

  /**
   * Resolves nothing ahead of time: that pass looks for references between stacks, which there are none of here,
   * and for functions that only some versions of Terraform have, and costs as much as writing the stack.
   */
  override prepareStack(): void {}

  protected override allocateLogicalId(element: TerraformElement): string {
    const { scopes } = element.node;
    return scopes
      .slice(scopes.indexOf(this) + 1)
      .map(({ node }) => node.id)
      .join('_');
  }
}
