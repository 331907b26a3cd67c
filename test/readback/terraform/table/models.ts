import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as kubernetes from '@kubernetes/client-node';

/** Types of Kubernetes, read from the models and paths of its published client. */

/** One field of a type. */
export interface ModelField {
  readonly name: string;
  readonly type: string;
}

interface Model {
  getAttributeTypeMap?(): readonly { readonly baseName: string; readonly type: string }[];
}

/** Fields of a type; undefined if the client has no such type. */
export function fieldsOf(type: string): ModelField[] | undefined {
  const model = (kubernetes as unknown as Record<string, Model>)[type];
  return model?.getAttributeTypeMap?.().map((field) => ({ name: field.baseName, type: field.type }));
}

/** A kind of object, with its type, group and version. */
export interface Kind {
  readonly kind: string;
  readonly type: string;
  readonly apiVersion: string;
  readonly namespaced: boolean;
}

const operation =
  /async create(Namespaced)?(\w+)\([^)]*\) \{[\s\S]*?localVarPath = '\/apis?\/([^{']*?)\/(?:namespaces\/\{namespace\}\/)?[^/']+'/g;

const apis = join(dirname(require.resolve('@kubernetes/client-node/package.json')), 'dist/gen/apis');

/** All kinds that can be created, by the lower-case name of their type. */
export const kinds: ReadonlyMap<string, Kind> = new Map(
  readdirSync(apis)
    .filter((file) => /V\d+Api\.js$/.test(file))
    .flatMap((file) => [...readFileSync(join(apis, file), 'utf8').matchAll(operation)])
    .map(([, namespaced, kind = '', apiVersion = '']): [string, Kind] => {
      const version = apiVersion.split('/').at(-1) ?? '';
      const type = `${version.charAt(0).toUpperCase()}${version.slice(1)}${kind}`;
      return [type.toLowerCase(), { kind, type, apiVersion, namespaced: namespaced !== undefined }];
    }),
);
