import { isJsonObject, type JsonObject } from '../../core/json-object';
import type { Problem } from '../../core/problem';
import { readbackProblem } from '../codes';
import { type Conversion, type Field, fieldTable } from './field-table';

/** Converts a number as the provider writes it; file modes are octal strings. */
function number(value: unknown): number | undefined {
  const text = String(value);
  if (/^0[0-7]+$/.test(text)) return Number.parseInt(text, 8);
  return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : undefined;
}

const text = (value: unknown): string | undefined => (typeof value === 'object' ? undefined : String(value));

function boolean(value: unknown): boolean | undefined {
  return value === true || value === 'true' ? true : value === false || value === 'false' ? false : undefined;
}

function list<T>(value: unknown, item: (value: unknown) => T | undefined): T[] | undefined {
  const items = Array.isArray(value) ? value.map(item) : [undefined];
  return items.includes(undefined) ? undefined : (items as T[]);
}

function map(value: unknown): Record<string, string> | undefined {
  if (!isJsonObject(value)) return undefined;
  const entries = Object.entries(value).map(([key, child]) => [key, text(child)] as const);
  return entries.some(([, child]) => child === undefined) ? undefined : (Object.fromEntries(entries) as Record<string, string>);
}

const conversions: Readonly<Record<Conversion, (value: unknown) => unknown>> = {
  string: text,
  number,
  boolean,
  'int-or-string': (value) => (/^\d+$/.test(String(value)) ? Number(value) : text(value)),
  strings: (value) => list(value, text),
  numbers: (value) => list(value, number),
  map,
};

/** Result of reading one value: the converted value, or the problems that prevented it. */
export interface Reading<T = unknown> {
  readonly value?: T;
  readonly problems: readonly Problem[];
}

function wrongType(path: string, field: string, value: unknown): Reading {
  const wrong = `the value cannot be converted to the Kubernetes field ${field}`;
  const rule = 'a value must have the type of its field';
  return { problems: [readbackProblem('RDB004', path, { wrong, rule, got: value, fix: 'Correct the value of the attribute.' })] };
}

function withoutField(path: string, value: unknown, type: string): Reading {
  const wrong = `${type} has no field for this attribute`;
  const rule = 'every Terraform attribute must correspond to a Kubernetes field';
  const fix = 'Correct its name, or regenerate the field table for the versions in use.';
  return { problems: [readbackProblem('RDB002', path, { wrong, rule, got: value, fix })] };
}

function readField(value: unknown, [name, conversion, type]: Field, path: string): Reading {
  if (conversion !== 'block' && conversion !== 'blocks') {
    const converted = conversions[conversion](value);
    return converted === undefined ? wrongType(path, name, value) : { value: converted, problems: [] };
  }
  const items = Array.isArray(value) ? value : [value];
  if (!items.every(isJsonObject) || (conversion === 'block' && items.length > 1)) return wrongType(path, name, value);
  const readings = items.map((item, index) => readFields(item, type, Array.isArray(value) ? `${path}/${index}` : path));
  const values = readings.map((reading) => reading.value);
  return { value: conversion === 'blocks' ? values : values[0], problems: readings.flatMap(({ problems }) => problems) };
}

/** Reads a Terraform block as a Kubernetes type. Each attribute without a field is reported as a separate problem. */
export function readFields(block: JsonObject, type: string, path: string): Reading<Record<string, unknown>> {
  const fields = fieldTable.types[type] ?? {};
  const readings = Object.entries(block)
    .filter(([, value]) => value !== null)
    .map(([attribute, value]) => {
      const field = fields[attribute];
      const at = `${path}/${attribute}`;
      return { name: field?.[0] ?? attribute, ...(field ? readField(value, field, at) : withoutField(at, value, type)) };
    });
  const present = readings.filter(({ value }) => value !== undefined);
  return {
    value: Object.fromEntries(present.map(({ name, value }) => [name, value])),
    problems: readings.flatMap(({ problems }) => problems),
  };
}
