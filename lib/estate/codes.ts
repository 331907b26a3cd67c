import type { CodeCatalogue } from '../core/problem';

/** What can be wrong with the shape of a description: each thing in it is parsed by itself. */
export const shapeCodes: CodeCatalogue = {
  SPC001: {
    title: 'Missing attribute',
    explanation: 'The attribute has no default and has to be written.',
    fix: 'Add the attribute; the fix says what it is, and for a slot which is free.',
  },
  SPC002: {
    title: 'Wrong type',
    explanation: 'A text, a number, a list or a map stands where another of them belongs. In YAML, 3.0 is a number and "3.0" a text.',
    fix: 'Write a value of the type that the message names.',
  },
  SPC003: {
    title: 'Unknown attribute',
    explanation: 'No attribute has this name: nothing is ignored in silence, for a misspelt attribute would leave its default in force.',
    fix: 'Correct the name or remove the attribute; `npx diptych schema` prints every attribute.',
  },
  SPC004: {
    title: 'Number out of range',
    explanation: 'The number is smaller or greater than the attribute allows.',
    fix: 'Write a number within the bound that the message names.',
  },
  SPC005: {
    title: 'Too few or too many',
    explanation: 'A list has fewer or more elements, or a text fewer or more characters, than the attribute allows.',
    fix: 'Add or remove elements as the message says.',
  },
  SPC006: {
    title: 'Wrong form',
    explanation:
      'The text has another form than the attribute asks for: an IPv4 block without host bits, a DNS name, a digest, an id of AWS.',
    fix: 'Write it in the form that the message names.',
  },
  SPC007: {
    title: 'Not one of the values on offer',
    explanation: 'The attribute takes one of a few values.',
    fix: 'Write one of those that the message lists.',
  },
  SPC008: {
    title: 'Wrong form of a key',
    explanation:
      'Things are keyed by id, labels and tags by their names; ids become names of resources at both halves and have to fit all of them.',
    fix: 'Rename the key.',
  },
  SPC009: {
    title: 'Source allowed twice',
    explanation: 'Zone.allowFrom was called twice with one source; the second call would have widened or narrowed the first.',
    fix: 'Call it once, with the scope and all endpoints.',
  },
};

/** What can be wrong with reading a description. */
export const loadingCodes: CodeCatalogue = {
  EST001: {
    title: 'No estate',
    explanation:
      'The command names no estate, neither does cdk.json, and none stands in the current folder; or there is no file of that name, or the folder holds no estate.yaml.',
    fix: 'Name a YAML file, a compiled JavaScript module or a folder that holds estate.yaml; `npx diptych init` writes a first one.',
  },
  EST002: {
    title: 'Not YAML',
    explanation: 'The file is not YAML 1.2, or has tags or keys that no description has. Nothing else is reported until it can be read.',
    fix: 'Mend the YAML at the place named.',
  },
  EST003: {
    title: 'Key twice in one map',
    explanation: 'YAML forbids it, and which of the two were meant nobody could say.',
    fix: 'Rename or remove one of them.',
  },
  EST004: {
    title: 'Aliases that do not end',
    explanation:
      'An alias stands for something unknown, for a thing that holds the alias itself, or aliases multiply beyond any sensible size.',
    fix: 'Write the values out in place of the aliases.',
  },
  EST005: {
    title: 'Not a description',
    explanation: 'The file holds a list, a single value or nothing, where a map with the attributes of an estate belongs.',
    fix: 'Start from `npx diptych init`.',
  },
  EST006: {
    title: 'Unreadable file',
    explanation: 'The file may not be read, is not in UTF-8, or, for cdk.json, is not JSON.',
    fix: 'Save it in UTF-8 with permission to read.',
  },
  EST007: {
    title: 'Unknown kind of file',
    explanation: 'A description is YAML, or a JavaScript module; TypeScript runs compiled.',
    fix: 'Compile the estate with tsc and name the .js file.',
  },
  EST008: {
    title: 'Module that fails',
    explanation: 'The module that makes the estate threw an error while it was loaded, before any check could run.',
    fix: 'Mend the module at the place named.',
  },
  EST009: {
    title: 'One id for two things',
    explanation: 'Two zones, sites, links or externals somewhere in the tree of constructs have the same id; the id is the key in one map.',
    fix: 'Give one of them another id.',
  },
  EST010: {
    title: 'Construct outside an estate',
    explanation: 'Estate.of was asked for the estate of a construct whose scopes hold none.',
    fix: 'Make the construct inside an Estate.',
  },
  EST011: {
    title: 'Reserved key',
    explanation: 'JavaScript gives the key __proto__ a meaning of its own, so that it could vanish from a description unseen.',
    fix: 'Rename the key.',
  },
  EST012: {
    title: 'Module without an estate, or with several',
    explanation: 'A module exports one Estate under any name, or a default function that makes one.',
    fix: 'Export exactly one Estate.',
  },
};
