import { evaluate, UnansweredExpression } from './expression';

type Values = Readonly<Record<string, unknown>>;

/** What `cdk.tf.json` holds, as far as it is read. */
export interface TerraformJson {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Values>>>>;
}

const isValues = (value: unknown): value is Values => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The steps of `metadata[0].name`. */
function stepsOf(path: string): string[] | undefined {
  return /^\w+(?:\.\w+|\[\d+\])*$/.test(path) ? path.match(/\w+/g)?.map(String) : undefined;
}

/** One step into a value; a block that there is once stands for the list of it. */
function step(value: unknown, name: string): unknown {
  if (Array.isArray(value)) return value[Number(name)];
  if (isValues(value)) return name === '0' && !('0' in value) ? value : value[name];
  return undefined;
}

/** One stack's Terraform, whose references answer one another. */
export class StackReader {
  constructor(private readonly stack: TerraformJson) {}

  /**
   * A value with all its texts evaluated.
   *
   * @throws {UnansweredExpression} for an expression that the stack does not answer
   */
  evaluated(value: unknown, depth = 0): unknown {
    if (typeof value === 'string') return evaluate(value, (expression) => this.lookup(expression, depth));
    if (Array.isArray(value)) return value.map((item) => this.evaluated(item, depth));
    if (!isValues(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, child]) => [String(this.evaluated(key, depth)), this.evaluated(child, depth)]),
    );
  }

  private lookup(expression: string, depth: number): unknown {
    const [, type = '', name = '', path = ''] = /^(\w+)\.([\w-]+)\.(.+)$/.exec(expression) ?? [];
    const resource: unknown = this.stack.resource?.[type]?.[name];
    const found = stepsOf(path)?.reduce(step, resource);
    // References that answer each other in a ring would go on for ever.
    if (found === undefined || isValues(found) || depth > 8) throw new UnansweredExpression(expression);
    return this.evaluated(found, depth + 1);
  }
}
