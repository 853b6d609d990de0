import type { GetLoggingOptionsRequest, GetLoggingOptionsResponse } from '@aws-sdk/client-iot';
import type { IotOperation } from '../operation.ts';

/** What SetLoggingOptions stored; nothing if it stored nothing. */
export const getLoggingOptions: IotOperation<GetLoggingOptionsRequest, GetLoggingOptionsResponse> = ({ registry }) => ({
  ...registry.logging.legacy,
});
