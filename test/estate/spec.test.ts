import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { estateSpec } from '../../lib/estate/spec';
import { twoSites } from '../fixtures/two-sites';

interface Definition {
  readonly type: string;
  readonly innerType?: z.ZodType;
  readonly element?: z.ZodType;
  readonly keyType?: z.ZodType;
  readonly valueType?: z.ZodType;
  readonly options?: readonly z.ZodType[];
  readonly items?: readonly z.ZodType[];
  readonly shape?: Readonly<Record<string, z.ZodType>>;
}

/** Every string type of a schema, with its path. */
function stringTypes(schema: z.ZodType, path: string): [string, z.ZodType][] {
  const { type, innerType, element, keyType, valueType, options = [], items = [], shape = {} } = schema._zod.def as unknown as Definition;
  if (type === 'string') return [[path, schema]];
  const inner = [innerType, element, keyType, valueType, ...options, ...items].filter((part) => part !== undefined);
  return [
    ...inner.flatMap((part) => stringTypes(part, path)),
    ...Object.entries(shape).flatMap(([key, part]) => stringTypes(part, `${path}/${key}`)),
  ];
}

describe('the schema of a description', () => {
  it.each(stringTypes(estateSpec, ''))('%s states the rule for a string of the wrong form with must', (_path, schema) => {
    const issues = schema.safeParse('\u0000').error?.issues ?? [];
    const forms = issues.filter(({ code }) => code !== 'too_small' && code !== 'too_big');
    expect(forms.map(({ message }) => message)).toEqual(forms.map(() => expect.stringContaining(' must ')));
  });

  it('refuses the name of a Service without the domain of the cluster, because HAProxy adds no search domain', () => {
    const raw = twoSites();
    raw.zones.orders.endpoints.fix.backend.servers.frankfurt.a = 'gateway.orders.svc';
    const [issue] = estateSpec.safeParse(raw).error?.issues ?? [];
    expect(issue?.path.join('/')).toBe('zones/orders/endpoints/fix/backend/servers/frankfurt/a');
    expect(issue?.message).toContain('must be complete, such as');
  });
});
