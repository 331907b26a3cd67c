import { type CodeCatalogue, problemOf } from '../../lib/core/problem';

/** Codes of problems that the command line raises. */
export const commandCodes = {
  CMD001: {
    title: 'Internal error',
    explanation: 'Diptych failed in a way that no check expects. This is a defect of Diptych, not of the estate.',
    fix: 'Run the command again with DIPTYCH_DEBUG=1 and report what it prints.',
  },
  CMD002: {
    title: 'File already exists',
    explanation: '`diptych init` only creates new files. It never overwrites an existing one.',
    fix: 'Name another folder, or move the file away.',
  },
  CMD003: {
    title: 'Unknown code',
    explanation: 'Codes consist of three capital letters and three digits.',
    fix: 'Run `npx diptych explain --list` to see all codes.',
  },
  CMD005: {
    title: 'Output cannot be written',
    explanation:
      'The output folder is not a folder or is not writable, the disk is full, or standard output is redirected to a full device.',
    fix: 'Name another folder with --out, or redirect the output to a device with free space.',
  },
  CMD006: {
    title: 'Tier cannot be explained',
    explanation:
      'An argument of `diptych explain tier` is invalid: the zone or the site does not exist, or the load, the budget or the calibration file cannot be parsed.',
    fix: 'Run `npx diptych explain tier --help` to see the format of each argument.',
  },
  CMD007: {
    title: 'Invalid reference date',
    explanation:
      'Rules that end on a date are checked against the date of --at. Without it, SOURCE_DATE_EPOCH (seconds since 1970) is used, and without both, the current time. The given value is neither a date nor a number of seconds.',
    fix: 'Write --at in the form 2027-03-01, and unset SOURCE_DATE_EPOCH or set it to a number.',
  },
  CMD008: {
    title: 'Client file for handshakes cannot be used',
    explanation:
      '`diptych probe --handshake` trusts the authorities in the file of --ca and presents the certificate of --certificate with the key of --key. Each file must contain PEM.',
    fix: 'Name files that exist, and a key that belongs to the certificate.',
  },
  CMD009: {
    title: 'Invalid command line',
    explanation: 'The command, an option or an argument is unknown, missing or has a value that the command does not accept.',
    fix: 'Run the command with --help to see its arguments and options.',
  },
  CMD010: {
    title: 'Synthesis already running',
    explanation:
      'Another `diptych synth` or `cdk synth` writes to the same folders. Two at once would mix the artifacts of two descriptions.',
    fix: 'Wait until it has ended, or name another folder with --out.',
  },
} satisfies CodeCatalogue;

/** Builds a problem with a code of the command line. */
export const commandProblem = problemOf(commandCodes);
