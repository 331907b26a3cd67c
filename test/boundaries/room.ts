/** What the files of one folder may import. */
export interface Room {
  /** Folders whose files it may import, and single files that have a row of their own; its own folder needs no entry. */
  readonly imports: readonly string[];
  /** Packages and modules of Node, as patterns. */
  readonly packages: readonly string[];
  /** The reason for the boundary, which Biome shows with every refused import. */
  readonly why: string;
}

export const pureDomain = 'a plan is pure: no backend, no CDK, no file system';
export const domainContract = "a domain's contract joins its folder's stages, and knows no backend and no estate";
export const cloudBackend = "a cloud backend emits its own domain's plan; backends of different domains share types in lib/core/scope";
export const kubernetesBackend =
  "a Kubernetes backend emits its own domain's plan; backends of different domains share types in lib/core/scope";
export const readback = 'readback knows only artifacts; with the plan or a backend it would only prove that the code agrees with itself';
export const probe = 'probe compares artifacts with what control planes answer; it changes nothing and knows nothing of runs';
