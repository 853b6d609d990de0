import type { DescribeEventConfigurationsRequest, DescribeEventConfigurationsResponse } from '@aws-sdk/client-iot';
import { eventKinds } from '../../events/event-configurations.ts';
import type { IotOperation } from '../operation.ts';

const dateOf = (timeMs: number | undefined): Date | undefined => (timeMs === undefined ? undefined : new Date(timeMs));

/** Every kind of event, and whether it is published. */
export const describeEventConfigurations: IotOperation<DescribeEventConfigurationsRequest, DescribeEventConfigurationsResponse> = ({
  registry,
}) => {
  const { dates } = registry.eventConfigurations;
  return {
    eventConfigurations: Object.fromEntries(eventKinds.map((kind) => [kind, { Enabled: registry.eventConfigurations.isEnabled(kind) }])),
    creationDate: dateOf(dates.createdAt),
    lastModifiedDate: dateOf(dates.modifiedAt),
  };
};
