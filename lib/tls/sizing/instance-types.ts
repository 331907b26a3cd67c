/** A machine in the cloud, as far as sizing needs to know it. */
export interface InstanceType {
  readonly virtualCpus: number;
  readonly memoryMebibytes: number;
  /** Acceleration devices; only bare metal has any. */
  readonly devices: number;
}

/** Virtual processors by size, the same in every family. @see https://docs.aws.amazon.com/ec2/latest/instancetypes/ */
const virtualCpus: Readonly<Record<string, number>> = {
  medium: 1,
  large: 2,
  xlarge: 4,
  '2xlarge': 8,
  '4xlarge': 16,
  '8xlarge': 32,
  '9xlarge': 36,
  '12xlarge': 48,
  '16xlarge': 64,
  '18xlarge': 72,
  '24xlarge': 96,
  '32xlarge': 128,
  '48xlarge': 192,
  'metal-16xl': 64,
  'metal-24xl': 96,
  'metal-32xl': 128,
  'metal-48xl': 192,
};

/** Memory of a virtual processor, in mebibytes, by the letter that starts the family. */
const memoryPerCpu: Readonly<Record<string, number>> = { c: 2_048, m: 4_096, r: 8_192 };

/** Families whose bare metal carries acceleration devices: Intel, from the 7th generation of instances. */
const accelerated = /^[cmr](?:[7-9]|\d\d)i/;

/** Assumed, to be calibrated: four devices a socket of the 4th generation of Xeon Scalable, and one socket a 96 processors. */
const devicesPerSocket = 4;
const cpusPerSocket = 96;

export type Architecture = 'arm64' | 'x86_64';

/** Processor architecture of an instance type: the letter behind the generation names the maker of the processor, and g is Graviton. */
export function architectureOf(name: string): Architecture {
  return /^[a-z]+\d+g/.test(name) ? 'arm64' : 'x86_64';
}

/** The smallest instance type with so much memory, of the family with the most of it; nothing where none has. */
export function smallestTypeWithMemory(mebibytes: number, architecture: Architecture, way: 'software' | 'hardware'): string | undefined {
  const family = architecture === 'arm64' ? 'r7g' : 'r7i';
  const names = Object.keys(virtualCpus).map((size) => `${family}.${size}`);
  return names.find((name) => {
    const type = instanceTypeOf(name);
    return type && type.memoryMebibytes >= mebibytes && name.includes('.metal') === (way === 'hardware');
  });
}

/** The machine that an instance type names; nothing for a family or size that is not known. */
export function instanceTypeOf(name: string): InstanceType | undefined {
  const [, letter = '', size = ''] = /^([a-z])\d[a-z-]*\.([a-z0-9-]+)$/.exec(name) ?? [];
  const cpus = virtualCpus[size];
  const memory = memoryPerCpu[letter];
  if (cpus === undefined || memory === undefined) return undefined;
  const devices = size.startsWith('metal') && accelerated.test(name) ? Math.max(1, Math.floor(cpus / cpusPerSocket)) * devicesPerSocket : 0;
  return { virtualCpus: cpus, memoryMebibytes: cpus * memory, devices };
}
