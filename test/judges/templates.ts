import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The templates of an assembly, sorted. */
export function templateFiles(assembly: string): string[] {
  if (!existsSync(assembly)) return [];
  return readdirSync(assembly)
    .filter((name) => name.endsWith('.template.json'))
    .sort()
    .map((name) => join(assembly, name));
}

interface Template {
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties?: Readonly<Record<string, unknown>> }>>;
}

/** What `Fn::Base64` holds: a text, or texts joined by a value that is known only at deployment. */
type UserData = { readonly 'Fn::Base64': string | { readonly 'Fn::Join': readonly [string, readonly (string | object)[]] } };

function scriptOf({ 'Fn::Base64': content }: UserData): string {
  if (typeof content === 'string') return content;
  const [separator, parts] = content['Fn::Join'];
  return parts.map((part) => (typeof part === 'string' ? part : 'a-value-of-the-deployment')).join(separator);
}

/** The boot scripts in a template, by logical id of their launch template. */
export function bootScripts(file: string): Map<string, string> {
  const { Resources } = JSON.parse(readFileSync(file, 'utf8')) as Template;
  const launched = Object.entries(Resources).filter(([, { Type }]) => Type === 'AWS::EC2::LaunchTemplate');
  return new Map(
    launched.map(([id, { Properties }]) => {
      const { UserData } = (Properties as { LaunchTemplateData: { UserData: UserData } }).LaunchTemplateData;
      return [id, scriptOf(UserData)];
    }),
  );
}
