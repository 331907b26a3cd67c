import { dirname, join, relative, resolve } from 'node:path';

/** The three folders of artifacts, which have a common parent folder. */
export interface ArtifactFolders {
  /** Assembly of CloudFormation templates. */
  readonly cloud: string;
  /** Terraform JSON, with one folder per stack. */
  readonly terraform: string;
  /** The plan and the digests of all artifacts. */
  readonly diptych: string;
}

/** Returns the folders of artifacts in a parent folder. */
export function foldersIn(parent: string): ArtifactFolders {
  return foldersBeside(join(parent, 'cdk.out'));
}

/** Returns the folders of artifacts beside a CDK assembly. */
export function foldersBeside(assembly: string): ArtifactFolders {
  const cloud = resolve(assembly);
  const parent = dirname(cloud);
  return { cloud, terraform: join(parent, 'cdktf.out'), diptych: join(parent, 'diptych.out') };
}

/** Returns the path of a file relative to the parent folder, as used in `digests.json` and messages. */
export function pathOf({ cloud }: Pick<ArtifactFolders, 'cloud'>, file: string): string {
  return relative(dirname(cloud), file).replaceAll('\\', '/');
}
