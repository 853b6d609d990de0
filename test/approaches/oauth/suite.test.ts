import { describeOAuth } from './under-test.ts';

describeOAuth();
