-- Asks the questions of a file, one line after another and from the top again, and prints what was measured as JSON.
-- A line is a path with its query; or that, a tab, and the ETag that the client holds.
-- Arguments: the file, and how many of its lines were asked before.

local threads = {}

function setup(thread)
  table.insert(threads, thread)
end

function init(arguments)
  questions = assert(io.open(arguments[1]))
  for _ = 1, tonumber(arguments[2]) do
    questions:read("*l")
  end
  asked = 0
  repeated = 0
end

local function next_line()
  local line = questions:read("*l")
  if not line then
    questions:seek("set")
    repeated = 1
    line = questions:read("*l")
  end
  return line
end

function request()
  asked = asked + 1
  local path, etag = next_line():match("^([^\t]+)\t?(.*)$")
  local seen = etag ~= "" and "If-None-Match: " .. etag .. "\r\n" or ""
  return "GET " .. path .. " HTTP/1.1\r\nHost: bench\r\n" .. seen .. "\r\n"
end

function done(summary, latency)
  local asked, repeated, errors = 0, 0, 0
  for _, thread in ipairs(threads) do
    asked = asked + thread:get("asked")
    repeated = repeated + thread:get("repeated")
  end
  for _, count in pairs(summary.errors) do
    errors = errors + count
  end
  io.write(string.format(
    '\n{"answers": %d, "microseconds": %d, "errors": %d, "asked": %d, "repeated": %d, "p50": %d, "p99": %d}\n',
    summary.requests, summary.duration, errors, asked, repeated, latency:percentile(50), latency:percentile(99)))
end
