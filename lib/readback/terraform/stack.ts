import { isJsonObject, type JsonObject } from '../../core/json-object';
import { evaluate, UnresolvedExpression } from './expression';

/** The part of `cdk.tf.json` that readback uses. */
export interface TerraformJson {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, JsonObject>>>>;
}

/** Splits a path such as `metadata[0].name` into its segments. */
function segmentsOf(path: string): string[] | undefined {
  return /^\w+(?:\.\w+|\[\d+\])*$/.test(path) ? path.match(/\w+/g)?.map(String) : undefined;
}

/** Follows one segment. Terraform JSON may write a single block as an object instead of a list, so index 0 of an object is the object. */
function step(value: unknown, name: string): unknown {
  if (Array.isArray(value)) return value[Number(name)];
  if (isJsonObject(value)) return name === '0' && !('0' in value) ? value : value[name];
  return undefined;
}

/** Evaluates the references of one Terraform stack to attributes of its own resources. */
export class StackEvaluator {
  constructor(private readonly stack: TerraformJson) {}

  /**
   * Returns the value with every string evaluated.
   *
   * @throws {UnresolvedExpression} for an expression that the stack cannot resolve
   */
  evaluated(value: unknown, depth = 0): unknown {
    if (typeof value === 'string') return evaluate(value, (expression) => this.lookup(expression, depth));
    if (Array.isArray(value)) return value.map((item) => this.evaluated(item, depth));
    if (!isJsonObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, child]) => [String(this.evaluated(key, depth)), this.evaluated(child, depth)]),
    );
  }

  private lookup(expression: string, depth: number): unknown {
    const [, type = '', name = '', path = ''] = /^(\w+)\.([\w-]+)\.(.+)$/.exec(expression) ?? [];
    const resource: unknown = this.stack.resource?.[type]?.[name];
    const found = segmentsOf(path)?.reduce(step, resource);
    // The depth limit ends circular references.
    if (found === undefined || isJsonObject(found) || depth > 8) throw new UnresolvedExpression(expression);
    return this.evaluated(found, depth + 1);
  }
}
