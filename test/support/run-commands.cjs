/**
 * Runs commands of the built command line one after another, so that a test does not wait for the modules of every command.
 *
 * Arguments: a named pipe with requests, and a folder for the answers. A request is a line with its number, arguments, working directory and
 * environment; its answer is a file with the exit code and the output. When the pipe is closed, the process
 * removes the folder and ends.
 */
const { createReadStream, renameSync, rmSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { createInterface } = require('node:readline');

const script = require.resolve('../../dist/bin/diptych.js');
const { main } = require(script);

const [, , requests, answers] = process.argv;

/** Collects what is written to a standard stream until the returned function is called. */
function collect(stream) {
  const { write } = stream;
  const chunks = [];
  stream.write = (chunk, encoding, written) => {
    chunks.push(Buffer.from(chunk));
    const callback = typeof encoding === 'function' ? encoding : written;
    if (callback) process.nextTick(callback);
    return true;
  };
  return () => {
    stream.write = write;
    return Buffer.concat(chunks).toString('utf8');
  };
}

async function run({ args, cwd, env }) {
  const before = { ...process.env };
  Object.assign(process.env, env);
  process.chdir(cwd);
  process.argv = [process.execPath, script, ...args];
  process.exitCode = undefined;
  const [stdout, stderr] = [collect(process.stdout), collect(process.stderr)];
  try {
    await main();
    return { status: process.exitCode ?? 0, stdout: stdout(), stderr: stderr() };
  } finally {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
    process.exitCode = undefined;
  }
}

async function serve() {
  for await (const line of createInterface({ input: createReadStream(requests) })) {
    const { number, ...request } = JSON.parse(line);
    const answer = join(answers, `${number}.json`);
    const write = (ended) => {
      writeFileSync(`${answer}.tmp`, JSON.stringify(ended));
      renameSync(`${answer}.tmp`, answer);
    };
    const died = (status) => write({ died: `the command ended its process with ${status}` });
    process.once('exit', died);
    write(await run(request).catch((error) => ({ died: `the command threw ${error?.stack}` })));
    process.off('exit', died);
  }
  rmSync(answers, { recursive: true, force: true });
}

void serve();
