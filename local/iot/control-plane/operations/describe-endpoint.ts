import type { DescribeEndpointRequest, DescribeEndpointResponse } from '@aws-sdk/client-iot';
import { endpointAddresses } from '../endpoint-addresses.ts';
import { invalidRequest } from '../../refusals.ts';
import type { IotOperation } from '../operation.ts';

/** The address of one of the account's endpoints; `iot:Data` when none is asked for. */
export const describeEndpoint: IotOperation<DescribeEndpointRequest, DescribeEndpointResponse> = (
  services,
  { endpointType = 'iot:Data' },
) => {
  const addresses = endpointAddresses(services.endpointPrefix, services.registry.account.region);
  const endpointAddress = addresses.get(endpointType);
  if (endpointAddress === undefined) {
    throw invalidRequest(`Endpoint type '${endpointType}' is unknown; it must be one of ${[...addresses.keys()].join(', ')}.`);
  }
  return { endpointAddress };
};
