import { describeConnectionStore } from '../contracts/connection-store.contract.ts';
import { describeEnrollmentStore } from '../contracts/enrollment-store.contract.ts';
import { InMemoryEnrollmentStore } from './in-memory-enrollment-store.ts';

describeEnrollmentStore('The store in memory', { newStore: () => Promise.resolve(new InMemoryEnrollmentStore()) });
describeConnectionStore('Connections in the store in memory', { newStore: () => Promise.resolve(new InMemoryEnrollmentStore()) });
