import type { ArnKind, IotRegistry } from './registry.ts';

/** The name in an ARN of that kind and of this account and region, or undefined. */
export const nameInArn = (registry: IotRegistry, kind: ArnKind, arn: string): string | undefined => {
  const prefix = registry.arn(kind, '');
  const name = arn.startsWith(prefix) ? arn.slice(prefix.length) : '';
  return name === '' ? undefined : name;
};
