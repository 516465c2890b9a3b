import { removeEngine } from '../support/n8nEngine';
import { n8nHost } from './n8nHost';
import { fuzzTests } from './suite';

// n8n puts files into the JSON of items where it keeps them outside of memory only.
process.env.N8N_DEFAULT_BINARY_DATA_MODE = 'filesystem';

const start = async (url: string) => ({ host: n8nHost(url, 'combined'), stop: removeEngine });
fuzzTests('the n8n node in combined binary mode', start, { share: 0.1 });
