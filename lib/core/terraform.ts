import { DataKubernetesNamespaceV1 } from '@cdktf/provider-kubernetes/lib/data-kubernetes-namespace-v1';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { TerraformBackend, type TerraformElement, type TerraformRemoteState, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { siteLabel } from './labels';

/** Terraform stacks, their state backends and resource addresses, and the escaping of text. */

/** Backend of the Terraform state of a stack. */
export type StateBackend =
  | { readonly kind: 'local' }
  | { readonly kind: 'kubernetes'; readonly namespace: string }
  | { readonly kind: 's3'; readonly bucket: string; readonly region: string; readonly kmsKeyId?: string };

/** Kubernetes cluster of a stack. */
export interface Cluster {
  readonly estate: string;
  /** Context in the kubeconfig file. The environment variable `KUBE_CONFIG_PATH` names the file. */
  readonly context: string;
  /** Value of the label `diptych/site` on the namespace `kube-system`. */
  readonly identity: string;
  readonly backend: StateBackend;
}

/** First version of Terraform with lock files in S3 and conditions on data sources. */
const terraformVersion = '>= 1.11';

/** Markers and magnitudes of cdktf tokens, which cdktf would resolve even in escaped text. */
const token = /[$#&]\{TfToken\[|e\+(?:289|298)/;

/**
 * Escapes a string for Terraform JSON, so that Terraform does not evaluate it as an expression.
 *
 * @throws {RangeError} if the string contains a cdktf token
 */
export function literal(text: string): string {
  if (token.test(text)) throw new RangeError('the text contains a token of cdktf; it must not contain one');
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

  /** @throws {Error} always, because stacks refer to objects of other stacks by name and do not read their state */
  override getRemoteStateDataSource(): TerraformRemoteState {
    throw new Error('a stack does not read the state of another stack; refer to the object by its name');
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
 * Terraform stack of a site.
 *
 * The address of a resource is its path in the stack joined by underscores, such as `kubernetes_deployment_v1.risk_tier`. Ids
 * contain no underscores, so addresses are unique. They depend only on ids, not on the order of resources.
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

  /** Makes Terraform plans fail on the cluster of another site, before anything is changed. */
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
   * Skips the pass of cdktf that resolves all values in advance. It looks for references between stacks, which Diptych does not
   * use, and for functions of newer Terraform versions, and takes as long as writing the stack.
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
