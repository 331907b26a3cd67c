import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { diptychProcess, node, root } from './support/diptych';

const { exports, bin, dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  exports: Record<string, string | Record<string, string>>;
  bin: Record<string, string>;
  dependencies: Record<string, string>;
};

/** Files that Node has loaded after it ran a script. */
function loadedBy(script: string): string[] {
  return JSON.parse(node(['-e', `${script}; console.log(JSON.stringify(Object.keys(require.cache)))`]).stdout) as string[];
}

const isBackend = (file: string) =>
  /\/node_modules\/(?:aws-cdk-lib|cdktf|cdktn|@cdktf)\/|\/dist\/stacks\/|\/kubernetes\/|\/aws\//.test(file);

describe('the package', () => {
  it('exports only files that exist', () => {
    const files = Object.values(exports).flatMap((target) => (typeof target === 'string' ? [target] : Object.values(target)));
    expect([...files, ...Object.values(bin)].filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });

  it('loads no backend when it is imported', () => {
    const files = loadedBy(`require('diptych')`);
    expect(files.some((file) => file.endsWith('/dist/lib/estate/estate.js'))).toBe(true);
    expect(files.filter(isBackend)).toEqual([]);
  });

  it.each([
    ['./aws', 'addCloudSite'],
    ['./kubernetes', 'addOnPremSite'],
  ])('shows under %s what adds a site to an app of somebody’s own', (path, name) => {
    const script = `process.stdout.write(typeof require('diptych/${path.slice(2)}').${name})`;
    expect(node(['-e', script])).toMatchObject({ status: 0, stdout: 'function' });
  });

  it('loads only the used classes of the provider, never its index', () => {
    const files = loadedBy(`require('diptych/aws'); require('diptych/kubernetes')`);
    expect(files.filter((file) => /@cdktf\/provider-kubernetes\/lib\/(?:lazy-)?index\.js$|\/aws-cdk-lib\/index\.js$/.test(file))).toEqual(
      [],
    );
  });

  it('pins the versions of its dependencies', () => {
    expect(Object.values(dependencies).filter((version) => !/^(?:npm:[a-z]+@)?\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  it('locks the packages of every platform, which npm ci requires', () => {
    const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { optionalDependencies?: Record<string, string> }>;
    };
    const optional = Object.values(packages).flatMap(({ optionalDependencies = {} }) => Object.keys(optionalDependencies));
    const ofPlatform = optional.filter((name) => /-(?:android|darwin|freebsd|linux|openharmony|win32)-/.test(name));
    expect(ofPlatform.length).toBeGreaterThan(0);
    expect(ofPlatform.filter((name) => !(`node_modules/${name}` in packages))).toEqual([]);
  });

  it('provides the command diptych', () => {
    expect(readFileSync(join(root, bin.diptych ?? ''), 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
    expect(diptychProcess(['--version']).status).toBe(0);
  });
});
