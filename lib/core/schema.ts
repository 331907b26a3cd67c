import { z } from 'zod';
import { isAddress, isCidr } from './addresses';

/** Types of text that several domains' schemas share. Each is strict enough that no value can add a line or an expression anywhere. */

/** `constructor` is the one label that every map of JavaScript has: to look it up would find what nobody wrote. */
const label = /^(?!constructor$)[a-z](?:[a-z0-9-]{0,38}[a-z0-9])?$/;

/** Key of a thing in its map: at most 40 lower-case letters, digits and hyphens. */
export const id = z.string().regex(label, {
  message:
    'an id is 1 to 40 lower-case letters, digits or hyphens, starts with a letter, ends with a letter or digit and is not constructor',
});

const host = /^(?=.{1,253}$)(?:\*\.)?[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+$/;

/** A DNS name in lower case of two labels or more; the leftmost may be `*`. */
export const hostName = z
  .string()
  .refine((text) => host.test(text) && !isAddress(text), { message: 'a host name is two or more lower-case DNS labels' })
  .meta({ format: 'hostname' });

/** An IPv4 block without host bits. */
export const cidr = z
  .string()
  .refine(isCidr, { message: 'a block is an IPv4 network in CIDR notation without host bits, such as 10.0.0.0/16' });

/** An IPv4 address, or the DNS name of a machine or Service. */
export const address = z
  .string()
  .refine((text) => isAddress(text) || (host.test(text) && !text.startsWith('*') && !/^[\d.]+$/.test(text)), {
    message: 'an address is an IPv4 address or a DNS name',
  });

/** A TCP or UDP port. */
export const port = z.int().min(1).max(65_535);

/** A SHA-256 image digest. */
export const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/, { message: 'a digest is sha256: and 64 hexadecimal digits' });

/** One line of printable ASCII without the characters that mean something to a shell, a template or a configuration. */
export const sentence = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9 .,:;/()+=@_-]{0,199}$/, {
  message: 'a sentence is 1 to 200 letters, digits, spaces or any of . , : ; / ( ) + = @ _ -',
});

/** A Kubernetes label key, with or without a prefix. */
export const labelKey = z.string().regex(/^(?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?\/)?[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/, {
  message: 'a label key is an optional DNS prefix and a name of at most 63 characters',
});

/** A Kubernetes label value. */
export const labelValue = z.string().regex(/^(?:[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?$/, {
  message: 'a label value is at most 63 letters, digits, hyphens, underscores or dots',
});

/** The repository of an image, without tag or digest. */
export const imageRepository = z.string().regex(/^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?(?:\/[a-z0-9]+(?:[._-][a-z0-9]+)*)+$/, {
  message: 'an image repository is a registry host and a path, without tag or digest',
});

/** A version of two or three numbers. */
export const version = z.string().regex(/^\d+\.\d+(?:\.\d+)?$/, { message: 'a version is two or three numbers joined by dots' });
