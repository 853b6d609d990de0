import type { ListV2LoggingLevelsRequest, ListV2LoggingLevelsResponse, LogTargetConfiguration } from '@aws-sdk/client-iot';
import type { IotRegistry } from '../../registry/registry.ts';
import { configuredLogging } from '../logging-rules.ts';
import type { IotOperation } from '../operation.ts';
import { pageOf } from '../page.ts';

/** The account's own level is a target, too (AWS CLI Command Reference, list-v2-logging-levels). */
const configurationsOf = (registry: IotRegistry): readonly LogTargetConfiguration[] => [
  { logTarget: { targetType: 'DEFAULT' }, logLevel: configuredLogging(registry).defaultLogLevel },
  ...registry.logging.targets.map(({ targetType, targetName, logLevel }) => ({ logTarget: { targetType, targetName }, logLevel })),
];

const keyOf = ({ logTarget }: LogTargetConfiguration): string => `${logTarget?.targetType ?? ''}:${logTarget?.targetName ?? ''}`;

/** The levels of all targets, or of those of one type. */
export const listV2LoggingLevels: IotOperation<ListV2LoggingLevelsRequest, ListV2LoggingLevelsResponse> = ({ registry }, input) => {
  const { targetType, nextToken: token, maxResults: limit } = input;
  const wanted = configurationsOf(registry).filter(({ logTarget }) => targetType === undefined || logTarget?.targetType === targetType);
  const page = pageOf(wanted, keyOf, { token, limit });
  return { logTargetConfigurations: [...page.items], nextToken: page.nextToken };
};
