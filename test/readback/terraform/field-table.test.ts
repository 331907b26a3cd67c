import { describe, expect, it } from 'vitest';
import { generateTable } from './table/generate';

const { table, unplaced } = generateTable();

/** Writes one line for each kind and type, so that the diff of a new version is readable. */
function written({ kinds, types }: typeof table): string {
  const lines = (entries: object) =>
    Object.entries(entries)
      .map(([key, value]) => `    ${JSON.stringify(key)}: ${JSON.stringify(value)}`)
      .join(',\n');
  return `{\n  "kinds": {\n${lines(kinds)}\n  },\n  "types": {\n${lines(types)}\n  }\n}\n`;
}

describe('the field table', () => {
  it('the committed field table is the one generated from the Kubernetes models and the provider bindings', async () => {
    await expect(written(table)).toMatchFileSnapshot('../../../lib/readback/terraform/field-table.generated.json');
  });

  it('the field table covers every provider attribute except removed volume types and renamed attributes', () => {
    const outsideVolumes = unplaced.filter((path) => !/\.volume\.|persistent_volume/.test(path));
    expect(outsideVolumes).toEqual([
      'kubernetes_certificate_signing_request_v1.auto_approve',
      'kubernetes_daemon_set_v1.spec.strategy',
      'kubernetes_horizontal_pod_autoscaler_v2.spec.target_cpu_utilization_percentage',
      'kubernetes_pod_v1.target_state',
      'kubernetes_storage_class_v1.storage_provisioner',
    ]);
  });

  it('the field table excludes Secrets, because an artifact must not contain their data', () => {
    expect(Object.keys(table.kinds)).not.toContain('kubernetes_secret_v1');
  });
});
