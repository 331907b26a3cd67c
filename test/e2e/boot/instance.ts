import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { templates } from '../cloud/templates';
import type { Outcome } from '../harness/command';
import type { MachineRoot } from './root';

interface FileAssets {
  readonly files: Readonly<
    Record<
      string,
      {
        readonly source: { readonly path: string };
        readonly destinations: Readonly<Record<string, { bucketName: string; objectKey: string }>>;
      }
    >
  >;
}

/** User data of the instances of one zone in an assembly. */
export function emittedUserData(assembly: string, zone: string): string {
  const resources = [...templates(assembly).values()].flatMap(({ Resources }) => Object.values(Resources));
  const found = resources.filter(({ Type, Properties }) => Type === 'AWS::EC2::LaunchTemplate' && zoneOf(Properties) === zone);
  const [template] = found;
  if (!template || found.length > 1)
    throw new Error(`the assembly has ${found.length} launch templates for zone ${zone}; it must have one`);
  const { UserData } = (template.Properties as { LaunchTemplateData: { UserData: { 'Fn::Base64': unknown } } }).LaunchTemplateData;
  return text(UserData['Fn::Base64']);
}

function zoneOf(properties: unknown): string | undefined {
  const { TagSpecifications = [] } = properties as { TagSpecifications?: { Tags: { Key: string; Value: string }[] }[] };
  return TagSpecifications.flatMap(({ Tags }) => Tags).find(({ Key }) => Key === 'diptych:zone')?.Value;
}

/** Text of an Fn::Join; a reference is replaced by its name, which is right for log groups. */
function text(value: unknown): string {
  if (typeof value === 'string') return value;
  const { Ref, 'Fn::Join': join } = value as { Ref?: string; 'Fn::Join'?: [string, unknown[]] };
  if (Ref !== undefined) return Ref;
  if (join) return join[1].map(text).join(join[0]);
  throw new Error(`user data has an unsupported form: ${JSON.stringify(value)}`);
}

/** Copies the assets of an assembly into the buckets that its templates name. */
export function fillBuckets(root: MachineRoot, assembly: string): void {
  for (const stack of templates(assembly).keys()) {
    const { files } = JSON.parse(readFileSync(join(assembly, `${stack}.assets.json`), 'utf8')) as FileAssets;
    for (const { source, destinations } of Object.values(files)) {
      for (const { bucketName, objectKey } of Object.values(destinations)) {
        cpSync(join(assembly, source.path), join(root.folder, 'stand-ins/buckets', bucketName, objectKey), { recursive: true });
      }
    }
  }
}

/** Boots a machine with user data, provides TLS files, and probes its endpoints. */
export function bootInstance(root: MachineRoot, userData: string, tls: string): Promise<Outcome> {
  root.write('stand-ins/user-data', userData);
  cpSync(tls, join(root.folder, 'stand-ins/tls'), { recursive: true });
  return root.run('/stand-ins/instance');
}
