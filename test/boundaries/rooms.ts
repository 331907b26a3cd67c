/** What the files of one folder may import. */
export interface Room {
  /** Folders whose files it may import, and single files that have a row of their own; its own folder needs no entry. */
  readonly imports: readonly string[];
  /** Packages and modules of Node, as patterns. */
  readonly packages: readonly string[];
  /** The reason for the boundary, which Biome shows with every refused import. */
  readonly why: string;
}

const pureDomain = 'a plan is pure: no backend, no CDK, no file system';
const domainContract = "a domain's contract joins its folder's stages, and knows no backend and no estate";
const cloudBackend = "a cloud backend emits its own domain's plan; backends of different domains share types in lib/core/scope";
const kubernetesBackend = "a Kubernetes backend emits its own domain's plan; backends of different domains share types in lib/core/scope";
const readback = 'readback knows only artifacts; with the plan or a backend it would only prove that the code agrees with itself';
const probe = 'probe compares artifacts with what control planes answer; it changes nothing and knows nothing of runs';

/**
 * Every folder of the product, and what it may import. `biome.json`'s overrides are generated from this table by `npm run boundaries`.
 *
 * A file with a row of its own is not part of its folder: it must be named to be imported.
 */
export const rooms: Readonly<Record<string, Room>> = {
  'lib/core': {
    imports: [],
    packages: ['zod', 'ipaddr.js', 'constructs', 'fastest-levenshtein', 'node:crypto', 'node:path', 'node:url'],
    why: 'every other folder imports lib/core, so it imports nothing of ours and no backend',
  },
  'lib/core/terraform.ts': {
    imports: ['lib/core'],
    packages: ['cdktf', '@cdktf/provider-kubernetes/lib/*', 'constructs'],
    why: 'one file of lib/core knows Terraform, so that replacing cdktf changes few files',
  },
  'lib/core/aws.ts': {
    imports: ['lib/core'],
    packages: ['aws-cdk-lib/core', 'aws-cdk-lib/aws-iam'],
    why: 'one file of lib/core knows the CDK',
  },
  'lib/core/scope': {
    imports: ['lib/core'],
    packages: [],
    why: 'a scope holds only the types that backends of different domains share',
  },
  'lib/artifacts': {
    imports: ['lib/core'],
    packages: ['zod', 'node:fs', 'node:path'],
    why: 'synthesis, readback and deployment all read artifacts through this folder, so it knows none of them',
  },
  'lib/process': {
    imports: ['lib/core'],
    packages: ['zod', 'node:child_process', 'node:fs', 'node:os', 'node:path'],
    why: 'child processes and locks know nothing of what they are used for',
  },
  'lib/handshake': {
    imports: ['lib/core'],
    packages: ['node:tls'],
    why: 'a handshake is judged by what its caller passes in, not by the plan',
  },
  'lib/zones': { imports: ['lib/core'], packages: ['zod', 'constructs'], why: `${pureDomain}; a zone knows its profile by name only` },
  'lib/zones/addresses': { imports: ['lib/core', 'lib/zones'], packages: [], why: pureDomain },
  'lib/zones/plan': { imports: ['lib/core', 'lib/zones', 'lib/zones/addresses'], packages: [], why: pureDomain },
  'lib/zones/checks': {
    imports: ['lib/core', 'lib/zones', 'lib/zones/addresses', 'lib/zones/plan'],
    packages: [],
    why: 'checks read what was parsed and planned, and know no backend',
  },
  'lib/zones/walls': { imports: ['lib/core', 'lib/zones'], packages: [], why: pureDomain },
  'lib/zones/quotas': { imports: ['lib/core', 'lib/zones', 'lib/zones/walls'], packages: [], why: pureDomain },
  'lib/zones/summary': { imports: ['lib/core', 'lib/artifacts', 'lib/zones', 'lib/zones/walls'], packages: [], why: pureDomain },
  'lib/zones/domain.ts': {
    imports: [
      'lib/core',
      'lib/zones',
      'lib/zones/addresses',
      'lib/zones/plan',
      'lib/zones/checks',
      'lib/zones/walls',
      'lib/zones/quotas',
      'lib/zones/summary',
    ],
    packages: ['zod'],
    why: domainContract,
  },
  'lib/zones/aws': {
    imports: ['lib/core', 'lib/core/aws.ts', 'lib/core/scope', 'lib/zones', 'lib/zones/walls'],
    packages: ['aws-cdk-lib/*', 'constructs'],
    why: cloudBackend,
  },
  'lib/zones/kubernetes': {
    imports: ['lib/core', 'lib/core/terraform.ts', 'lib/core/scope', 'lib/zones'],
    packages: ['cdktf', '@cdktf/provider-kubernetes/lib/*', 'constructs'],
    why: kubernetesBackend,
  },
  'lib/tls': { imports: ['lib/core', 'lib/zones'], packages: ['zod'], why: `the TLS domain depends on zones and core; ${pureDomain}` },
  'lib/tls/sizing': { imports: ['lib/core', 'lib/tls', 'lib/zones'], packages: [], why: `the sizing model is a plan, and ${pureDomain}` },
  'lib/tls/haproxy': {
    imports: ['lib/core', 'lib/tls', 'lib/zones'],
    packages: [],
    why: 'both backends use the same configuration of HAProxy, so it knows neither',
  },
  'lib/tls/boot': {
    imports: ['lib/core', 'lib/tls', 'lib/tls/haproxy', 'lib/zones'],
    packages: [],
    why: 'boot scripts are text made from the plan: no backend, no CDK, no file system',
  },
  'lib/tls/plan': { imports: ['lib/core', 'lib/tls', 'lib/tls/sizing', 'lib/zones'], packages: [], why: pureDomain },
  'lib/tls/checks': {
    imports: ['lib/core', 'lib/tls', 'lib/tls/haproxy', 'lib/tls/sizing', 'lib/zones'],
    packages: [],
    why: 'checks read what was parsed, and know no backend',
  },
  'lib/tls/quotas': { imports: ['lib/core', 'lib/tls', 'lib/zones'], packages: [], why: pureDomain },
  'lib/tls/summary': {
    imports: ['lib/core', 'lib/artifacts', 'lib/tls', 'lib/tls/haproxy', 'lib/tls/plan', 'lib/zones'],
    packages: [],
    why: pureDomain,
  },
  'lib/tls/domain.ts': {
    imports: ['lib/core', 'lib/zones', 'lib/tls', 'lib/tls/boot', 'lib/tls/plan', 'lib/tls/checks', 'lib/tls/quotas', 'lib/tls/summary'],
    packages: ['zod'],
    why: domainContract,
  },
  'lib/tls/aws': {
    imports: ['lib/core', 'lib/core/aws.ts', 'lib/core/scope', 'lib/tls', 'lib/tls/boot', 'lib/tls/haproxy', 'lib/zones'],
    packages: ['aws-cdk-lib/*', 'constructs'],
    why: cloudBackend,
  },
  'lib/tls/kubernetes': {
    imports: ['lib/core', 'lib/core/terraform.ts', 'lib/core/scope', 'lib/tls', 'lib/tls/haproxy', 'lib/zones'],
    packages: ['cdktf', '@cdktf/provider-kubernetes/lib/*', 'constructs'],
    why: kubernetesBackend,
  },
  'lib/estate/domains.ts': {
    imports: ['lib/core', 'lib/zones/domain.ts', 'lib/tls/domain.ts'],
    packages: [],
    why: 'the list of domains is the one file of lib/estate that names them; the others fold over it',
  },
  'lib/estate': {
    imports: ['lib/core', 'lib/zones', 'lib/tls', 'lib/estate/domains.ts'],
    packages: ['zod', 'constructs'],
    why: 'an estate is described without a backend and without the file system',
  },
  'lib/estate/parse': {
    imports: ['lib/core', 'lib/tls', 'lib/estate', 'lib/estate/domains.ts'],
    packages: ['zod'],
    why: 'parsing takes data that lib/estate/load has read: no file system and no backend',
  },
  'lib/estate/quotas': {
    imports: ['lib/core', 'lib/artifacts', 'lib/estate', 'lib/estate/domains.ts'],
    packages: [],
    why: 'quotas count what the plan will become: no backend, no CDK, no file system',
  },
  'lib/estate/plan': {
    imports: [
      'lib/core',
      'lib/zones/plan',
      'lib/tls',
      'lib/tls/plan',
      'lib/tls/checks',
      'lib/estate',
      'lib/estate/domains.ts',
      'lib/estate/parse',
      'lib/estate/quotas',
    ],
    packages: ['zod'],
    why: pureDomain,
  },
  'lib/estate/summary': {
    imports: ['lib/core', 'lib/estate', 'lib/estate/domains.ts'],
    packages: [],
    why: 'a summary is text made from the plan: no backend, no CDK, no file system',
  },
  'lib/estate/load': {
    imports: ['lib/core', 'lib/estate', 'lib/estate/parse', 'lib/estate/plan'],
    packages: ['yaml', 'node:async_hooks', 'node:fs', 'node:module', 'node:path', 'node:timers/promises', 'node:url'],
    why: 'loading is the one stage of a description that reads files; it knows no backend',
  },
  lib: {
    imports: ['lib/core', 'lib/zones', 'lib/tls', 'lib/estate', 'lib/estate/load'],
    packages: [],
    why: 'the entry exports what a description is written with, and loads no backend',
  },
  'lib/readback': { imports: ['lib/core'], packages: [], why: readback },
  'lib/readback/kubernetes': { imports: ['lib/core', 'lib/readback'], packages: [], why: readback },
  'lib/readback/compare': { imports: ['lib/core', 'lib/readback', 'lib/readback/kubernetes'], packages: [], why: readback },
  'lib/readback/cloudformation': {
    imports: ['lib/core', 'lib/readback', 'lib/readback/kubernetes', 'lib/readback/compare'],
    packages: ['zod', 'node:fs', 'node:path'],
    why: readback,
  },
  'lib/readback/terraform': {
    imports: ['lib/core', 'lib/readback', 'lib/readback/kubernetes'],
    packages: ['zod', 'node:fs', 'node:path'],
    why: readback,
  },
  'lib/deployment': { imports: ['lib/core'], packages: [], why: 'the codes of deployment, which all its folders import' },
  'lib/deployment/model': {
    imports: ['lib/core', 'lib/artifacts', 'lib/process', 'lib/readback/cloudformation', 'lib/deployment'],
    packages: [],
    why: 'the types that every tool of a deployment implements know no tool',
  },
  'lib/deployment/aws': {
    imports: ['lib/core', 'lib/artifacts', 'lib/process', 'lib/readback/cloudformation', 'lib/deployment', 'lib/deployment/model'],
    packages: ['@aws-sdk/*', 'node:fs', 'node:path', 'node:timers/promises'],
    why: 'the tool for stacks in the cloud knows neither the other tools nor the runs that use it',
  },
  'lib/deployment/kubernetes/client': {
    imports: ['lib/core', 'lib/readback/kubernetes', 'lib/deployment'],
    packages: [
      '@kubernetes/client-node',
      'node:child_process',
      'node:fs',
      'node:http',
      'node:https',
      'node:net',
      'node:os',
      'node:path',
      'node:timers/promises',
    ],
    why: 'the client of a cluster knows objects and requests, and nothing of stacks',
  },
  'lib/deployment/kubernetes/lease': {
    imports: ['lib/core', 'lib/process', 'lib/readback/kubernetes', 'lib/deployment', 'lib/deployment/kubernetes/client'],
    packages: ['node:crypto', 'node:os', 'node:timers/promises'],
    why: 'the lock in a cluster knows nothing of what it locks',
  },
  'lib/deployment/kubernetes/rollout': {
    imports: ['lib/core', 'lib/readback/kubernetes', 'lib/deployment', 'lib/deployment/kubernetes/client'],
    packages: ['node:timers/promises'],
    why: 'waiting for a rollout needs live objects only, whichever tool applied them',
  },
  'lib/deployment/kubernetes': {
    imports: [
      'lib/core',
      'lib/artifacts',
      'lib/readback/kubernetes',
      'lib/readback/terraform',
      'lib/deployment',
      'lib/deployment/model',
      'lib/deployment/kubernetes/client',
      'lib/deployment/kubernetes/rollout',
    ],
    packages: ['zod', 'node:util'],
    why: 'the tool that applies to a cluster knows neither the other tools nor the runs that use it',
  },
  'lib/deployment/terraform': {
    imports: [
      'lib/core',
      'lib/artifacts',
      'lib/process',
      'lib/readback/terraform',
      'lib/deployment',
      'lib/deployment/model',
      'lib/deployment/kubernetes',
      'lib/deployment/kubernetes/client',
      'lib/deployment/kubernetes/rollout',
    ],
    packages: ['node:fs', 'node:os', 'node:path'],
    why: 'the tool that runs Terraform looks into the cluster itself, and knows nothing of the runs that use it',
  },
  'lib/deployment/gate': {
    imports: [
      'lib/core',
      'lib/artifacts',
      'lib/readback/terraform',
      'lib/deployment',
      'lib/deployment/model',
      'lib/deployment/aws',
      'lib/deployment/kubernetes',
      'lib/deployment/kubernetes/client',
    ],
    packages: ['@aws-sdk/client-sts'],
    why: 'a gate decides whether a command may go on, and knows neither runs nor probes',
  },
  'lib/deployment/run': {
    imports: [
      'lib/core',
      'lib/artifacts',
      'lib/process',
      'lib/readback/terraform',
      'lib/deployment',
      'lib/deployment/model',
      'lib/deployment/aws',
      'lib/deployment/kubernetes',
      'lib/deployment/kubernetes/lease',
      'lib/deployment/terraform',
      'lib/deployment/gate',
    ],
    packages: ['listr2', 'zod', 'node:fs', 'node:os', 'node:path', 'node:timers/promises'],
    why: 'a run deploys artifacts as they are; it sees neither the plan nor a backend nor a probe',
  },
  'lib/deployment/probe/readers': {
    imports: ['lib/core', 'lib/deployment', 'lib/deployment/aws'],
    packages: ['@aws-sdk/*'],
    why: 'a reader asks one API of AWS for resources, and knows nothing of what was emitted',
  },
  'lib/deployment/probe/aws': {
    imports: [
      'lib/core',
      'lib/artifacts',
      'lib/readback/cloudformation',
      'lib/readback/compare',
      'lib/deployment',
      'lib/deployment/aws',
      'lib/deployment/probe/readers',
    ],
    packages: ['zod', 'node:fs'],
    why: probe,
  },
  'lib/deployment/probe/kubernetes': {
    imports: [
      'lib/core',
      'lib/artifacts',
      'lib/readback/compare',
      'lib/readback/kubernetes',
      'lib/readback/terraform',
      'lib/deployment',
      'lib/deployment/kubernetes',
      'lib/deployment/kubernetes/client',
    ],
    packages: [],
    why: probe,
  },
  'lib/deployment/probe': {
    imports: [
      'lib/core',
      'lib/artifacts',
      'lib/handshake',
      'lib/readback/terraform',
      'lib/deployment',
      'lib/deployment/aws',
      'lib/deployment/kubernetes/client',
      'lib/deployment/gate',
      'lib/deployment/probe/readers',
      'lib/deployment/probe/aws',
      'lib/deployment/probe/kubernetes',
    ],
    packages: ['@aws-sdk/client-elastic-load-balancing-v2'],
    why: probe,
  },
  stacks: {
    imports: [
      'lib/core',
      'lib/core/aws.ts',
      'lib/core/terraform.ts',
      'lib/core/scope',
      'lib/artifacts',
      'lib/zones',
      'lib/zones/walls',
      'lib/zones/aws',
      'lib/zones/kubernetes',
      'lib/tls',
      'lib/tls/boot',
      'lib/tls/plan',
      'lib/tls/aws',
      'lib/tls/kubernetes',
      'lib/estate',
      'lib/estate/summary',
    ],
    packages: ['aws-cdk-lib/*', 'cdktf', 'constructs', 'node:fs', 'node:module', 'node:os', 'node:path', 'node:v8'],
    why: 'stacks compose the backends of lib: they know neither the command line nor policies nor deployment',
  },
  'bin/cli': {
    imports: ['lib/core', 'lib/artifacts', 'lib/readback', 'lib/deployment', 'lib/estate/plan', 'lib/estate/load'],
    packages: ['node:events', 'node:readline/promises', 'node:tty'],
    why: 'the command line as such (exit codes, printing, signals) knows no command',
  },
  'bin/input': {
    imports: ['lib/core', 'lib/artifacts', 'lib/handshake', 'lib/estate', 'lib/estate/load', 'bin/cli'],
    packages: ['node:fs', 'node:tls'],
    why: 'what several commands read is read here; it knows no command',
  },
  'bin/commands': {
    imports: [
      'lib/core',
      'lib/artifacts',
      'lib/process',
      'lib/handshake',
      'lib/tls',
      'lib/tls/plan',
      'lib/estate',
      'lib/estate/parse',
      'lib/estate/plan',
      'lib/estate/load',
      'lib/readback/kubernetes',
      'lib/readback/terraform',
      'lib/deployment/model',
      'lib/deployment/gate',
      'lib/deployment/run',
      'lib/deployment/probe',
      'lib/deployment/probe/aws',
      'stacks',
      'bin/cli',
      'bin/input',
    ],
    packages: ['commander', 'yaml', 'node:fs', 'node:path'],
    why: 'a command joins what lib offers; tools, backends and checks are reached through the folders that own them',
  },
  bin: {
    imports: ['lib/core', 'lib/artifacts', 'lib/estate/load', 'bin/cli', 'bin/input', 'bin/commands'],
    packages: ['aws-cdk-lib/core', 'commander', 'node:fs', 'node:path'],
    why: 'the executables only choose a command; each command is one file in bin/commands',
  },
};
