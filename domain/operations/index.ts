import type { OperationContract } from '../operation.ts';
import { devicesShow } from './devices-show.ts';

/** Every operation that there is: one line each. */
export const operations: readonly OperationContract[] = [devicesShow];
