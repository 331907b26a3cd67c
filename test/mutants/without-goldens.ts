import { expect } from 'vitest';

/*
 * Comparisons with recorded text pass while mutants are examined: they notice every change and say nothing about whether it is wrong, so a
 * mutant that only they would kill has to count as survived.
 */
const passes = () => ({ pass: true, message: () => '' });

expect.extend({
  toMatchSnapshot: passes,
  toMatchInlineSnapshot: passes,
  toMatchFileSnapshot: passes,
  toThrowErrorMatchingSnapshot: passes,
  toThrowErrorMatchingInlineSnapshot: passes,
});
