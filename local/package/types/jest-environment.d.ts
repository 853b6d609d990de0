import type NodeEnvironment from 'jest-environment-node';
import type { LocalAws } from './index.js';

/** A local AWS for each test file: `localAws` is a global there, and the variables of the AWS SDK lead to it. */
export default class LocalAwsEnvironment extends NodeEnvironment {}

declare global {
  const localAws: LocalAws;
}
