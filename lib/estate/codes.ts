import { type CodeCatalogue, problemOf } from '../core/problem';

/** Codes of problems with the names, types and forms of attributes. */
export const shapeCodes = {
  SPC001: {
    title: 'Missing attribute',
    explanation: 'The attribute has no default and must be written.',
    fix: 'Add the attribute. The message describes it, and for a slot names one that is free.',
  },
  SPC002: {
    title: 'Wrong type',
    explanation:
      'The value has another type than the attribute, for example a string instead of a list. In YAML, 3.0 is a number and "3.0" is a string.',
    fix: 'Write a value of the type that the message names.',
  },
  SPC003: {
    title: 'Unknown attribute',
    explanation:
      'The schema has no attribute with this name. Unknown attributes are errors, because a misspelt attribute would otherwise be ignored and its default would apply.',
    fix: 'Correct the name or remove the attribute. `npx diptych schema` prints all attributes.',
  },
  SPC004: {
    title: 'Number out of range',
    explanation: 'The number is lower or higher than the attribute allows.',
    fix: 'Write a number within the limit that the message names.',
  },
  SPC005: {
    title: 'Wrong length',
    explanation: 'A list has fewer or more items, or a string has fewer or more characters, than the attribute allows.',
    fix: 'Add or remove items or characters as the message says.',
  },
  SPC006: {
    title: 'Wrong form',
    explanation:
      'The attribute requires a form that the string does not have, for example that of a CIDR block, a DNS name, a digest or an AWS resource id.',
    fix: 'Write the value in the form that the message names.',
  },
  SPC007: {
    title: 'Value not allowed',
    explanation: 'The attribute allows a fixed list of values.',
    fix: 'Write one of the values in the message.',
  },
  SPC008: {
    title: 'Wrong form of a key',
    explanation:
      'Zones, sites, links and endpoints have their ids as keys, and labels and tags have their names. Ids become names of Kubernetes objects and AWS resources and must be valid in both.',
    fix: 'Rename the key.',
  },
  SPC009: {
    title: 'Source allowed twice',
    explanation: 'Zone.allowFrom was called twice with the same source, and the second call would change the flow of the first.',
    fix: 'Call it once with the scope and all endpoints.',
  },
} satisfies CodeCatalogue;

/** Builds a problem with a code of {@link shapeCodes}. */
export const shapeProblem = problemOf(shapeCodes);

/** Codes of problems with finding, reading and running the file of a description. */
export const loadingCodes = {
  EST001: {
    title: 'No estate',
    explanation:
      'The command names no estate, cdk.json names none, and the current folder does not contain estate.yaml. Or the named file does not exist, or the named folder does not contain estate.yaml.',
    fix: 'Name a YAML file, a compiled JavaScript module or a folder that contains estate.yaml. `npx diptych init` writes a first estate.',
  },
  EST002: {
    title: 'Invalid YAML',
    explanation:
      'The file is not YAML 1.2, or contains tags or keys that are not strings. Other problems are reported after this one is fixed.',
    fix: 'Correct the YAML at the position in the message.',
  },
  EST003: {
    title: 'Repeated key',
    explanation: 'YAML does not allow the same key twice in a map, and it is not clear which of the values is meant.',
    fix: 'Rename or remove one of the keys.',
  },
  EST004: {
    title: 'Alias that cannot be resolved',
    explanation:
      'An alias has no anchor before it, is inside the value that it refers to, or the aliases together stand for too many values.',
    fix: 'Write the values instead of the aliases.',
  },
  EST005: {
    title: 'Not a map',
    explanation: 'The file is empty, or contains a list or a single value instead of a map with the attributes of an estate.',
    fix: 'Start from `npx diptych init`.',
  },
  EST006: {
    title: 'Unreadable file',
    explanation:
      'The user has no permission to read the file, the file has more than 16 MiB or is a pipe or a device, it is not UTF-8, or cdk.json is not JSON.',
    fix: 'Save the file in UTF-8, with permission to read it.',
  },
  EST007: {
    title: 'Unknown file type',
    explanation: 'A description is a YAML file or a JavaScript module. TypeScript must be compiled first.',
    fix: 'Compile the estate with tsc and name the .js file.',
  },
  EST008: {
    title: 'Module that throws an error',
    explanation: 'The module of the estate threw an error while it was loaded, before the estate could be checked.',
    fix: 'Correct the module at the position in the message.',
  },
  EST009: {
    title: 'Repeated id',
    explanation:
      'Two zones, sites, links or externals in the construct tree have the same id. They would have the same key in the description.',
    fix: 'Give one of them another id.',
  },
  EST010: {
    title: 'Construct outside an estate',
    explanation: 'Estate.of was called with a construct that is not inside an Estate.',
    fix: 'Create the construct inside an Estate.',
  },
  EST011: {
    title: 'Reserved key',
    explanation: 'The key __proto__ changes the prototype of a JavaScript object, so its value would be lost.',
    fix: 'Rename the key.',
  },
  EST012: {
    title: 'Module without exactly one estate',
    explanation: 'A module must export one Estate under any name, or a default function that returns one.',
    fix: 'Export exactly one Estate.',
  },
  EST013: {
    title: 'Module that does not finish',
    explanation:
      'The module of the estate called process.exit, awaits a promise that never settles, or takes more than a minute to load. The command has no result.',
    fix: 'Remove calls of process.exit, and let each promise that the module awaits settle.',
  },
  EST019: {
    title: 'Number with a leading zero',
    explanation:
      'Some readers of YAML take a number such as 010 for an octal number, which is 8, and others for 10. It is not clear which is meant.',
    fix: 'Write the number without leading zeros, or put it in quotes if it is text.',
  },
} satisfies CodeCatalogue;

/** Builds a problem with a code of {@link loadingCodes}. */
export const loadingProblem = problemOf(loadingCodes);
