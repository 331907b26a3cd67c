import { dirname, join, relative, resolve } from 'node:path';

/** The three folders of artifacts, side by side. */
export interface ArtifactFolders {
  /** Assembly of CloudFormation templates. */
  readonly cloud: string;
  /** Terraform JSON, one folder a stack. */
  readonly terraform: string;
  /** The plan, and the digests of everything. */
  readonly diptych: string;
}

/** The folders below a parent. */
export function foldersIn(parent: string): ArtifactFolders {
  return foldersBeside(join(parent, 'cdk.out'));
}

/** The folders beside an assembly, wherever the CDK's command line puts that. */
export function foldersBeside(assembly: string): ArtifactFolders {
  const cloud = resolve(assembly);
  const parent = dirname(cloud);
  return { cloud, terraform: join(parent, 'cdktf.out'), diptych: join(parent, 'diptych.out') };
}

/** Path of a file of the artifacts as `digests.json` and messages name it: below the folder that holds all three. */
export function pathOf({ cloud }: Pick<ArtifactFolders, 'cloud'>, file: string): string {
  return relative(dirname(cloud), file).replaceAll('\\', '/');
}
