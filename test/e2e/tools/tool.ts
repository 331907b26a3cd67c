/** A program or a set of files that the end-to-end tests need, kept outside the checkout by name and version. */
export interface Tool {
  readonly name: string;
  readonly version: string;
  /** What has to be on the machine before it can be installed. */
  readonly needs: readonly Prerequisite[];
  /** Tells two recipes of one version apart; part of the folder's name. */
  readonly recipe: string;
  /** Puts everything into an empty folder; may be killed at any moment and run again. */
  install(folder: string, progress: Progress): Promise<void>;
}

/** Takes what an installation is doing now, in a few words. */
export type Progress = (doing: string) => void;

/** Something only the machine's owner can install. */
export interface Prerequisite {
  readonly name: string;
  /** How to get it, in one sentence. */
  readonly fix: string;
  /** @returns why it cannot be used, or nothing where it can */
  missing(): string | undefined;
}
