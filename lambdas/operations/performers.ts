import { devicesShow } from '../../domain/operations/devices-show.ts';
import { type BoundOperation, bind } from './bound-operation.ts';
import { createShow } from './devices/show.ts';
import type { OperationResources } from './operation-resources.ts';

/** What fulfils each operation: one line each. */
export const createPerformers = (resources: OperationResources): readonly BoundOperation[] => [bind(devicesShow, createShow(resources))];
