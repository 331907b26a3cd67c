import { type Problem, problem } from '../../core/problem';
import { type Conversion, type Field, fieldTable } from './field-table';

type Values = Readonly<Record<string, unknown>>;

const isValues = (value: unknown): value is Values => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A number as the provider writes it: modes of files come as octal texts. */
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
  if (!isValues(value)) return undefined;
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

/** What was read of a value, and what was wrong with it. */
export interface Reading<T = unknown> {
  readonly value?: T;
  readonly problems: readonly Problem[];
}

function misfit(path: string, field: string, value: unknown): Reading {
  const fix = 'Correct the value of the attribute.';
  return { problems: [problem('RDB004', path, { cannot: 'read the value', as: `it must fit the field ${field}`, value, fix })] };
}

function unplaced(path: string, value: unknown, type: string): Reading {
  const fix = 'Correct its name, or write the field table anew for the versions in use.';
  return { problems: [problem('RDB002', path, { cannot: 'place the attribute', as: `${type} must have a field for it`, value, fix })] };
}

function readField(value: unknown, [name, conversion, type]: Field, path: string): Reading {
  if (conversion !== 'block' && conversion !== 'blocks') {
    const converted = conversions[conversion](value);
    return converted === undefined ? misfit(path, name, value) : { value: converted, problems: [] };
  }
  const items = Array.isArray(value) ? value : [value];
  if (!items.every(isValues) || (conversion === 'block' && items.length > 1)) return misfit(path, name, value);
  const readings = items.map((item, index) => readFields(item, type, Array.isArray(value) ? `${path}/${index}` : path));
  const values = readings.map((reading) => reading.value);
  return { value: conversion === 'blocks' ? values : values[0], problems: readings.flatMap(({ problems }) => problems) };
}

/** Reads a block as a value of a type of Kubernetes; every attribute that has no field is a problem of its own. */
export function readFields(block: Values, type: string, path: string): Reading<Record<string, unknown>> {
  const fields = fieldTable.types[type] ?? {};
  const readings = Object.entries(block)
    .filter(([, value]) => value !== null)
    .map(([attribute, value]) => {
      const field = fields[attribute];
      const at = `${path}/${attribute}`;
      return { name: field?.[0] ?? attribute, ...(field ? readField(value, field, at) : unplaced(at, value, type)) };
    });
  const present = readings.filter(({ value }) => value !== undefined);
  return {
    value: Object.fromEntries(present.map(({ name, value }) => [name, value])),
    problems: readings.flatMap(({ problems }) => problems),
  };
}
