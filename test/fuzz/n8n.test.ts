import { removeEngine } from '../support/n8nEngine';
import { n8nHost } from './n8nHost';
import { fuzzTests } from './suite';

// Thousands of files go through memory more quickly than over the disk.
process.env.N8N_DEFAULT_BINARY_DATA_MODE = 'default';

fuzzTests('the n8n node', async (url) => ({ host: n8nHost(url, 'separate'), stop: removeEngine }));
