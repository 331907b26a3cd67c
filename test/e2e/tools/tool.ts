/** A program or a set of files that the end-to-end tests need. It is stored outside the checkout, by name and version. */
export interface Tool {
  readonly name: string;
  readonly version: string;
  /** Prerequisites of the installation. */
  readonly needs: readonly Prerequisite[];
  /** Digest that distinguishes two ways to install one version; part of the folder name. */
  readonly recipe: string;
  /** Installs the tool into an empty folder. It can be killed at any time and run again. */
  install(folder: string, progress: Progress): Promise<void>;
}

/** Receives a few words on what an installation is doing. */
export type Progress = (doing: string) => void;

/** Something that only the owner of the machine can install. */
export interface Prerequisite {
  readonly name: string;
  /** How to install it, in one sentence. */
  readonly fix: string;
  /** @returns why it cannot be used; undefined if it can */
  missing(): string | undefined;
}
