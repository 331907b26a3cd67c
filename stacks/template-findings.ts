import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { PolicyViolation } from 'aws-cdk-lib/core';
import { writeWhole } from '../lib/artifacts/synthesis';

/** Findings in one template. The paths of templates are left out, because they depend on the output folder. */
export type TemplateFindings = readonly PolicyViolation[];

interface Entry {
  readonly key: string;
  readonly findings: TemplateFindings;
}

/**
 * Findings of earlier validations, one file for each template, in a folder of the user.
 *
 * The cache only saves time: entries that cannot be read count as missing, and failures to write are ignored.
 */
export class TemplateFindingsCache {
  /**
   * @param folder folder of the entries; undefined if there is none to write to
   * @param limit number of entries that are kept, most recently used first
   */
  constructor(
    private readonly folder = userFolder(),
    private readonly limit = 4096,
  ) {}

  /** Findings that were stored under a key. */
  read(key: string): TemplateFindings | undefined {
    const path = this.pathOf(key);
    if (path === undefined) return undefined;
    const entry = attempt(() => JSON.parse(readFileSync(path, 'utf8')) as unknown);
    if (!isEntry(entry) || entry.key !== key) return undefined;
    const now = new Date();
    attempt(() => utimesSync(path, now, now));
    return entry.findings;
  }

  /** Stores findings under keys, then removes the least recently used entries above the limit. */
  write(entries: ReadonlyMap<string, TemplateFindings>): void {
    const { folder } = this;
    if (folder === undefined || entries.size === 0) return;
    attempt(() => {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      for (const [key, findings] of entries) writeWhole(this.pathOf(key) as string, JSON.stringify({ key, findings } satisfies Entry));
      this.removeOldest(folder);
    });
  }

  private pathOf(key: string): string | undefined {
    return this.folder === undefined ? undefined : join(this.folder, `${key.replace(/^sha256:/, '')}.json`);
  }

  private removeOldest(folder: string): void {
    const names = readdirSync(folder);
    if (names.length <= this.limit) return;
    const aged = names.map((name) => ({ path: join(folder, name), used: attempt(() => statSync(join(folder, name)).mtimeMs) ?? 0 }));
    for (const { path } of aged.sort((one, other) => other.used - one.used).slice(this.limit)) rmSync(path, { force: true });
  }
}

/** Folder in the user's cache, as the XDG Base Directory Specification says: relative paths in the variable are ignored. */
export function userFolder({ XDG_CACHE_HOME: named }: NodeJS.ProcessEnv = process.env, home: () => string = homedir): string | undefined {
  const caches = named !== undefined && isAbsolute(named) ? named : attempt(() => join(home(), '.cache'));
  return caches === undefined ? undefined : join(caches, 'diptych', 'template-findings');
}

/** True if a value has the fields that the CDK reads from findings; files may have been cut short or edited. */
function isEntry(value: unknown): value is Entry {
  if (typeof value !== 'object' || value === null || !('key' in value) || !('findings' in value)) return false;
  return Array.isArray(value.findings) && value.findings.every(isFinding);
}

function isFinding(value: Partial<PolicyViolation> | null | undefined): boolean {
  return (
    typeof value?.ruleName === 'string' &&
    typeof value.description === 'string' &&
    Array.isArray(value.violatingResources) &&
    value.violatingResources.every((resource) => Array.isArray(resource?.locations))
  );
}

function attempt<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}
