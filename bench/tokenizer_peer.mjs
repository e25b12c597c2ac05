// Tokens a second of Hugging Face's Rust tokenizers through their prebuilt Node binding, on the texts of a JSON Lines file, uncut and unpadded. Prints the line that
// `Sluice.Benchmarks encode` prints: tokens/s is the median of five rounds after one that does not count, each with a tokenizer that has seen nothing; the digest is of all
// ids in order.
//
//   npm install --prefix FOLDER @anush008/tokenizers@0.6.0      (anywhere but in this repository)
//   PEER_MODULES=FOLDER node bench/tokenizer_peer.mjs TOKENIZER.json FILE [THREADS]
//
// Both files may be packed (.gz). Only encodeBatch is timed; the ids are handed to JavaScript outside of that. bench/tokenizer.sh does all of it, ours beside it.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';

const [tokenizerFile, rowsFile, threadsText = '1'] = process.argv.slice(2);
if (!rowsFile || !process.env.PEER_MODULES) {
  console.error('usage: PEER_MODULES=FOLDER node tokenizer_peer.mjs TOKENIZER.json FILE [THREADS]');
  process.exit(2);
}

const threads = Number(threadsText);
const textsABatch = 256;
const rounds = 5;

// The library reads these when it first encodes a batch.
process.env.TOKENIZERS_PARALLELISM = threads > 1 ? 'true' : 'false';
process.env.RAYON_NUM_THREADS = threadsText;

const read = file => {
  const bytes = readFileSync(file);
  return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
};

// As TextFile.cs takes them: the field text, else instruction, input and output in lines; lines that are no row, and empty ones, are left out.
const text = line => {
  let row;
  try {
    row = JSON.parse(line);
  } catch {
    return null;
  }

  if (row === null || typeof row !== 'object' || Array.isArray(row)) return null;
  const field = name => (typeof row[name] === 'string' ? row[name] : null);
  const value = field('text') ?? ['instruction', 'input', 'output'].map(field).filter(Boolean).join('\n');
  return value.isWellFormed() ? value : null;
};

const { Tokenizer } = createRequire(path.resolve(process.env.PEER_MODULES, 'package.json'))('@anush008/tokenizers');
const json = read(tokenizerFile);
const load = () => {
  const fresh = Tokenizer.fromString(json);
  fresh.disableTruncation();
  fresh.disablePadding();
  return fresh;
};
const texts = read(rowsFile).split('\n').map(text).filter(Boolean);
const batches = [];
for (let at = 0; at < texts.length; at += textsABatch) batches.push(texts.slice(at, at + textsABatch));

const hash = createHash('sha256');
let tokens = 0;
let tokenizer = load();
for (const batch of batches) {
  for (const encoding of await tokenizer.encodeBatch(batch)) {
    const ids = Int32Array.from(encoding.getIds());
    tokens += ids.length;
    hash.update(new Uint8Array(ids.buffer));
  }
}

const rates = [];
for (let round = 0; round < rounds; round++) {
  tokenizer = load();
  const started = process.hrtime.bigint();
  for (const batch of batches) await tokenizer.encodeBatch(batch);
  rates.push(tokens / (Number(process.hrtime.bigint() - started) / 1e9));
}

rates.sort((a, b) => a - b);
console.log(`peer threads ${threads} texts ${texts.length} tokens ${tokens} tokens/s ${Math.round(rates[rounds >> 1])} ids ${hash.digest('hex').slice(0, 16)}`);
