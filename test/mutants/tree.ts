import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { transformSync } from 'esbuild';

/** A copy of the working tree in a temporary folder, in which sources may be changed. */
export class Tree {
  private readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'mut-')));
  readonly root = join(this.folder, 'tree');
  /** Temporary folder of the tests; files of stopped tests are removed with the tree. Its path is short, because sockets need that. */
  readonly temporary = join(this.folder, 't');
  /** Sources and tests, by path from the root. */
  readonly files: readonly string[];

  constructor(private readonly origin: string) {
    const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: origin, encoding: 'utf8' });
    this.files = listed.split('\0').filter((file) => file !== '' && existsSync(join(origin, file)));
    for (const file of this.files) {
      mkdirSync(dirname(join(this.root, file)), { recursive: true });
      copyFileSync(join(origin, file), join(this.root, file));
    }
    mkdirSync(this.temporary);
    symlinkSync(join(origin, 'node_modules'), join(this.root, 'node_modules'));
    for (const file of this.files) if (/^(bench|bin|lib|stacks|examples)\/.*\.ts$/.test(file)) this.emit(file, this.read(file));
    for (const file of this.files) if (/^(bin|lib|stacks)\/.*\.json$/.test(file)) this.copyToDist(file);
  }

  read(file: string): string {
    return readFileSync(join(this.origin, file), 'utf8');
  }

  /** Writes a source and its compiled form, which child processes run. */
  write(file: string, source: string): void {
    writeFileSync(join(this.root, file), source);
    this.emit(file, source);
  }

  /** Restores the original of a source. */
  restore(file: string): void {
    this.write(file, this.read(file));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 3 });
  }

  /** Writes a file of ours as a module that Node runs without a loader, and returns its path. */
  module(file: string): string {
    const target = join(this.root, `${file.replace(/\.ts$/, '')}.mjs`);
    writeFileSync(target, transformSync(this.read(file), { loader: 'ts', format: 'esm', platform: 'node', target: 'es2023' }).code);
    return target;
  }

  /** Output of tsc for a source, without type checks. */
  private emit(file: string, source: string): void {
    const target = join(this.root, 'dist', file.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(
      target,
      transformSync(source, { loader: 'ts', format: 'cjs', platform: 'node', target: 'es2023', sourcefile: file }).code,
    );
  }

  private copyToDist(file: string): void {
    const target = join(this.root, 'dist', file);
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(join(this.origin, file), target);
  }
}
