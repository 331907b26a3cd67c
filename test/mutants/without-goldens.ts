import { expect } from 'vitest';

/*
 * Makes comparisons with recorded text pass while mutants are examined. They fail after every change, correct or not, so a mutant that only
 * they would kill must count as survived.
 */
const passes = () => ({ pass: true, message: () => '' });

expect.extend({
  toMatchSnapshot: passes,
  toMatchInlineSnapshot: passes,
  toMatchFileSnapshot: passes,
  toThrowErrorMatchingSnapshot: passes,
  toThrowErrorMatchingInlineSnapshot: passes,
});
