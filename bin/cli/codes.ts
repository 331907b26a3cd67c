import type { CodeCatalogue } from '../../lib/core/problem';

/** Codes that the command line itself raises. */
export const commandCodes: CodeCatalogue = {
  CMD001: {
    title: 'Diptych itself failed',
    explanation: 'Something happened that no check foresaw: a defect of Diptych, not of the estate.',
    fix: 'Run the command again with DIPTYCH_DEBUG=1 and report what it prints.',
  },
  CMD002: {
    title: 'A file is in the way',
    explanation: '`diptych init` writes new files only; it never overwrites one that is there.',
    fix: 'Name another folder, or move the file away.',
  },
  CMD003: {
    title: 'No such code',
    explanation: 'Codes are three capital letters and three digits.',
    fix: '`npx diptych explain --list` shows all of them.',
  },
  CMD004: {
    title: 'Artifacts that are not whole',
    explanation:
      'A synthesis removes both manifests and the digests first and writes them last. Where one of them is missing the last synthesis failed or was interrupted, and where a digest differs a file was changed afterwards.',
    fix: 'Run `npx diptych synth` again.',
  },
  CMD005: {
    title: 'Output that cannot be written',
    explanation:
      'The folder for the artifacts is no folder, or may not be written to, or its disk is full; or there is no room for what a command prints.',
    fix: 'Name another folder with --out, or print to where there is room.',
  },
  CMD006: {
    title: 'Tier that cannot be explained',
    explanation:
      '`diptych explain tier` names a zone, a site, a load, a budget or a file of costs that there is not or that does not parse.',
    fix: '`npx diptych explain tier --help` shows what each of them looks like.',
  },
  CMD007: {
    title: 'No such day',
    explanation:
      'What a profile may be until a day is judged at the day that --at names, else at SOURCE_DATE_EPOCH, in seconds since 1970, else today (UTC). The value is neither.',
    fix: 'Write --at as in 2027-03-01, and unset SOURCE_DATE_EPOCH or set it to a number.',
  },
  CMD008: {
    title: 'A file for handshakes that cannot be used',
    explanation: '`diptych probe --handshake` trusts the authorities of --ca and shows --certificate with its --key, each a file of PEM.',
    fix: 'Name files that are there, and a key that belongs to the certificate.',
  },
};
