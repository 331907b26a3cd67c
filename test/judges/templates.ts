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

/** Argument of `Fn::Base64`: a string, or strings joined with values that are only known at deployment. */
type UserData = { readonly 'Fn::Base64': string | { readonly 'Fn::Join': readonly [string, readonly (string | object)[]] } };

function scriptOf({ 'Fn::Base64': content }: UserData): string {
  if (typeof content === 'string') return content;
  const [separator, parts] = content['Fn::Join'];
  return parts.map((part) => (typeof part === 'string' ? part : 'a-value-of-the-deployment')).join(separator);
}

/** Boot scripts in a template, by the logical id of their launch template. */
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
