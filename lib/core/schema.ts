import { z } from 'zod';
import { isAddress } from './addresses';
import { cidrFault, cidrRule } from './cidr-fault';

/** String types that several schemas share. No accepted value can add a line or an expression to a generated file. */

/** `constructor` is excluded because every JavaScript object has a property of this name. */
const label = /^(?!constructor$)[a-z](?:[a-z0-9-]{0,38}[a-z0-9])?$/;

/** Key of a map: at most 40 lower-case letters, digits and hyphens. */
export const id = z.string().regex(label, {
  message:
    'an id must have 1 to 40 lower-case letters, digits or hyphens, start with a letter, end with a letter or digit, and not be constructor',
});

const host = /^(?=.{1,253}$)(?:\*\.)?[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+$/;

/** A DNS name in lower case of two labels or more; the leftmost may be `*`. */
export const hostName = z
  .string()
  .refine((text) => host.test(text) && !isAddress(text), {
    message: 'a host name must be two or more lower-case DNS labels separated by dots',
  })
  .meta({ format: 'hostname' });

const octet = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';

/** An IPv4 block without host bits, of at most 2^24 addresses. */
export const cidr = z
  .string()
  .superRefine((text, { addIssue }) => {
    const params = cidrFault(text);
    if (params) addIssue({ code: 'custom', message: cidrRule, params: { ...params } });
  })
  .meta({ pattern: `^(?:${octet}\\.){3}${octet}/(?:[89]|[12]\\d|3[0-2])$` });

/** An IPv4 address, or the DNS name of a machine or Service. */
export const address = z
  .string()
  .refine((text) => isAddress(text) || (host.test(text) && !text.startsWith('*') && !/^[\d.]+$/.test(text)), {
    message: 'an address must be an IPv4 address or a DNS name',
  })
  // HAProxy adds no search domain to a name that it resolves while it runs.
  .refine((text) => !text.endsWith('.svc'), {
    message: 'the DNS name of a Service must be complete, such as orders.backends.svc.cluster.local',
  });

/** A TCP or UDP port. */
export const port = z.int().min(1).max(65_535);

/** A SHA-256 image digest. */
export const digest = z
  .string()
  .regex(/^sha256:[0-9a-f]{64}$/, { message: 'a digest must be sha256: followed by 64 lower-case hexadecimal digits' });

/** One line of printable ASCII without characters that are special in shells, templates or configuration files. */
export const sentence = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9 .,:;/()+=@_-]{0,199}$/, {
  message: 'the text must be 1 to 200 letters, digits, spaces and . , : ; / ( ) + = @ _ - and start with a letter or digit',
});

/** A Kubernetes label key, with or without a prefix. */
export const labelKey = z.string().regex(/^(?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?\/)?[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/, {
  message: 'a label key must be a name of at most 63 characters, with or without a DNS prefix and a slash before it',
});

/** A Kubernetes label value. */
export const labelValue = z.string().regex(/^(?:[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?$/, {
  message: 'a label value must be at most 63 letters, digits, hyphens, underscores or dots',
});

/** Labels that select pods, of which there must be one at least. Labels of Diptych identify tiers, so they cannot select other pods. */
export const podLabels = z
  .record(
    labelKey.regex(/^(?!diptych\/)/, { message: 'the key of a pod label must not start with diptych/, which is reserved for tiers' }),
    labelValue,
  )
  .refine((labels) => Object.keys(labels).length > 0, { message: 'podLabels must have at least one label' })
  .meta({ minProperties: 1 });

/** The repository of an image, without tag or digest. */
export const imageRepository = z.string().regex(/^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?(?:\/[a-z0-9]+(?:[._-][a-z0-9]+)*)+$/, {
  message: 'an image repository must be a registry host and a path, without tag or digest',
});

/** Name of an AWS region. */
export const region = z
  .string()
  .regex(/^[a-z]{2}(?:-[a-z]+)+-\d$/, { message: 'a region must be the name of an AWS region, such as eu-west-1' });

/** Name of an availability zone of AWS. */
export const availabilityZone = z
  .string()
  .regex(/^[a-z]{2}(?:-[a-z]+)+-\d[a-z]$/, { message: 'an availability zone must be a region and a letter, such as eu-west-1a' });

/** Returns the type of ids of one kind of AWS resource, such as `vpc-` and hexadecimal digits. */
export function resourceId(prefix: string): z.ZodString {
  return z
    .string()
    .regex(new RegExp(`^${prefix}-[0-9a-f]{8,17}$`), { message: `the id must be ${prefix}- followed by 8 to 17 hexadecimal digits` });
}

/** A version of two or three numbers. */
export const version = z
  .string()
  .regex(/^\d+\.\d+(?:\.\d+)?$/, { message: 'a version must be two or three numbers separated by dots, such as 3.0' });
