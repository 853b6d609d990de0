import type { StackResource } from '../../domain/account-ports.ts';

/** Picks what CloudFormation made of one type. */
export const isOfType =
  (type: string) =>
  (resource: StackResource): boolean =>
    resource.type === type;
