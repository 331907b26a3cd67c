// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of Terraform are what is tested
import { ConfigMapV1 } from '@cdktf/provider-kubernetes/lib/config-map-v1';
import { App } from 'cdktf';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cluster, literal, SiteStack, type StateBackend } from '../../lib/core/terraform';
import { scratch } from '../fixtures/terraform';

const cluster = (backend: StateBackend): Cluster => ({ estate: 'firm', context: 'here', identity: 'frankfurt', backend });

function stackWith(backend: StateBackend, fill: (stack: SiteStack) => void = () => {}) {
  return scratch((outdir) => {
    const stack = new SiteStack(new App({ outdir, stackTraces: false }), 'frankfurt-core', cluster(backend));
    fill(stack);
    stack.prepareStack();
    return stack.toTerraform();
  });
}

/** What Terraform 1.11 was seen to make of a template without expressions: of several signs the last two are the escape. */
const evaluated = (template: string): string => template.replace(/([$%])\1\{/g, '$1{');

describe('a text in Terraform JSON', () => {
  it('a literal string is not evaluated by Terraform', () => {
    const text = fc.string({ unit: fc.constantFrom('$', '%', '{', '}', '"', '\\', '\n', 'a', '${', '%{', '$${', '${var.x}') });
    fc.assert(
      fc.property(text, (value) => {
        const stack = stackWith({ kind: 'local' }, (into) => {
          new ConfigMapV1(into, 'one', { metadata: { name: 'one' }, data: { text: literal(value) } });
        });
        expect(evaluated(stack.resource.kubernetes_config_map_v1.one.data.text)).toBe(value);
      }),
      { numRuns: 60 },
    );
  });

  it.each(['${TfToken[TOKEN.0]}', '#{TfToken[TOKEN.0]}', '&{TfToken[TOKEN.0]}', '-1.8881545897087505e+289'])(
    'is refused where it holds what the synthesizer would take for a token of its own: %s',
    (text) => {
      expect(() => literal(text)).toThrow(RangeError);
    },
  );
});

describe("a stack's provider", () => {
  const { terraform, provider } = stackWith({ kind: 'local' });

  it('the provider of a stack has its full source and one exact version', () => {
    expect(terraform.required_providers).toEqual({ kubernetes: { source: 'hashicorp/kubernetes', version: '2.38.0' } });
  });

  it('the provider of a stack names a context and no kubeconfig file', () => {
    expect(provider.kubernetes).toEqual([{ config_context: 'here' }]);
  });
});

describe("a stack's state", () => {
  it('local state is a file at a relative path', () => {
    expect(stackWith({ kind: 'local' }).terraform.backend).toEqual({ local: { path: 'terraform.tfstate' } });
  });

  it('Kubernetes state is in Secrets of the cluster of the site', () => {
    expect(stackWith({ kind: 'kubernetes', namespace: 'terraform' }).terraform.backend).toEqual({
      kubernetes: { namespace: 'terraform', secret_suffix: 'frankfurt-core', config_context: 'here' },
    });
  });

  it('S3 state is encrypted and locked with a file in the bucket', () => {
    expect(stackWith({ kind: 's3', bucket: 'state', region: 'eu-central-1' }).terraform.backend).toEqual({
      s3: {
        bucket: 'state',
        key: 'diptych/firm/frankfurt-core/terraform.tfstate',
        region: 'eu-central-1',
        encrypt: true,
        use_lockfile: true,
      },
    });
  });
});

describe('a stack', () => {
  it('a stack fails on a cluster without the identity of its site', () => {
    const [postcondition] = stackWith({ kind: 'local' }).data.kubernetes_namespace_v1.this_cluster.lifecycle.postcondition;
    expect(postcondition.condition).toBe('${try(self.metadata[0].labels["diptych/site"], "") == "frankfurt"}');
  });

  it('addresses of resources are their paths and are unique for all ids', () => {
    const { resource } = stackWith({ kind: 'local' }, (into) => new ConfigMapV1(into, 'risk_tier', { metadata: { name: 'one' } }));
    expect(Object.keys(resource.kubernetes_config_map_v1)).toEqual(['risk_tier']);
  });
});
