import { dirname, join, resolve } from 'node:path';

/** The three folders of artifacts, side by side. */
export interface ArtifactFolders {
  /** The folder in which they stand. */
  readonly parent: string;
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
  return { parent, cloud, terraform: join(parent, 'cdktf.out'), diptych: join(parent, 'diptych.out') };
}
