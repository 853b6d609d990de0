/** The names of a deployment's CloudFormation stacks, by the lifetime of what is in them. */
export const stackNames = (prefix: string) => ({
  /** What holds data, and outlives everything else. */
  data: `${pascalCase(prefix)}Data`,
  /** What takes events to where they are sealed and kept. */
  audit: `${pascalCase(prefix)}Audit`,
  /** What can be thrown away and deployed again. */
  onboarding: `${pascalCase(prefix)}Onboarding`,
  /** What the people who run it go through, and their rights. */
  operations: `${pascalCase(prefix)}Operations`,
});

/** The stack of a certificate authority of one's own. It is there only where one is configured, and stays when that is taken back. */
export const authorityStackName = (prefix: string): string => `${pascalCase(prefix)}Authority`;

const pascalCase = (name: string): string => name.replaceAll(/(?:^|-)([a-z0-9]?)/g, (_, letter: string) => letter.toUpperCase());
