import { describe, expect, it } from 'vitest';
import { generateTable } from './table/generate';

const { table, unplaced } = generateTable();

/** One line a kind and a type, so that a new version shows what it changed. */
function written({ kinds, types }: typeof table): string {
  const lines = (entries: object) =>
    Object.entries(entries)
      .map(([key, value]) => `    ${JSON.stringify(key)}: ${JSON.stringify(value)}`)
      .join(',\n');
  return `{\n  "kinds": {\n${lines(kinds)}\n  },\n  "types": {\n${lines(types)}\n  }\n}\n`;
}

describe('the field table', () => {
  it('is the one that the models of Kubernetes and the bindings of the provider make', async () => {
    await expect(written(table)).toMatchFileSnapshot('../../../lib/readback/terraform/field-table.generated.json');
  });

  it('has a field for all of the provider but volumes that Kubernetes has given up and names that changed', () => {
    const outsideVolumes = unplaced.filter((path) => !/\.volume\.|persistent_volume/.test(path));
    expect(outsideVolumes).toEqual([
      'kubernetes_certificate_signing_request_v1.auto_approve',
      'kubernetes_daemon_set_v1.spec.strategy',
      'kubernetes_horizontal_pod_autoscaler_v2.spec.target_cpu_utilization_percentage',
      'kubernetes_pod_v1.target_state',
      'kubernetes_storage_class_v1.storage_provisioner',
    ]);
  });

  it('knows no Secret: its data has no place in an artifact', () => {
    expect(Object.keys(table.kinds)).not.toContain('kubernetes_secret_v1');
  });
});
