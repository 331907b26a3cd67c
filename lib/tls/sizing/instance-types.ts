/** The attributes of an EC2 instance type that sizing uses. */
export interface InstanceType {
  readonly virtualCpus: number;
  readonly memoryMebibytes: number;
  /** Acceleration devices, which only bare metal has. */
  readonly devices: number;
}

/** Virtual processors by size, equal in all families. @see https://docs.aws.amazon.com/ec2/latest/instancetypes/ */
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

/** Memory per virtual processor, in MiB, by the first letter of the family. */
const memoryPerCpu: Readonly<Record<string, number>> = { c: 2_048, m: 4_096, r: 8_192 };

/** Families whose bare metal has acceleration devices: Intel, from the 7th generation of instances on. */
const accelerated = /^[cmr](?:[7-9]|\d\d)i/;

/** Assumptions, to be calibrated: four devices per socket of 4th generation Xeon Scalable, and one socket per 96 virtual processors. */
const devicesPerSocket = 4;
const cpusPerSocket = 96;

/** Processor architecture, as EC2 names it. */
export type Architecture = 'arm64' | 'x86_64';

/**
 * Returns the processor architecture of an instance type. The letter after the generation names the processor, and g is Graviton.
 *
 * @example
 * architectureOf('c7gn.xlarge'); // 'arm64'
 * architectureOf('c7i.xlarge'); // 'x86_64'
 */
export function architectureOf(name: string): Architecture {
  return /^[a-z]+\d+g/.test(name) ? 'arm64' : 'x86_64';
}

/** Finds the smallest instance type of the memory-optimized family with at least that much memory; undefined if there is none. */
export function smallestTypeWithMemory(
  mebibytes: number,
  architecture: Architecture,
  acceleration: 'software' | 'hardware',
): string | undefined {
  const family = architecture === 'arm64' ? 'r7g' : 'r7i';
  const names = Object.keys(virtualCpus).map((size) => `${family}.${size}`);
  return names.find((name) => {
    const type = instanceTypeOf(name);
    return type && type.memoryMebibytes >= mebibytes && name.includes('.metal') === (acceleration === 'hardware');
  });
}

/**
 * Looks up an instance type by name; undefined for unknown families and sizes.
 *
 * @example
 * instanceTypeOf('c7i.xlarge'); // { virtualCpus: 4, memoryMebibytes: 8192, devices: 0 }
 */
export function instanceTypeOf(name: string): InstanceType | undefined {
  const [, letter = '', size = ''] = /^([a-z])\d[a-z-]*\.([a-z0-9-]+)$/.exec(name) ?? [];
  const cpus = virtualCpus[size];
  const memory = memoryPerCpu[letter];
  if (cpus === undefined || memory === undefined) return undefined;
  const devices = size.startsWith('metal') && accelerated.test(name) ? Math.max(1, Math.floor(cpus / cpusPerSocket)) * devicesPerSocket : 0;
  return { virtualCpus: cpus, memoryMebibytes: cpus * memory, devices };
}
