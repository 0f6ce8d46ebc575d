/**
 * Counts groups of hits in Redis, each group with all of its counters or with none, by the algorithms of `tally.ts`; a
 * test holds the two against each other. The time is that of the server, but for tests.
 *
 * KEYS: the names of the hits. ARGV: the time or '', then for each group how it counts and how many hits it has, and
 * for each of those the algorithm, the limit, the window, the number that only this algorithm has, and how long to keep
 * what was counted. It returns three numbers for each hit: whether it passed, how many remain, and the wait.
 */
export const redisScript = `
local now = tonumber(ARGV[1])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
local day = 86400000

local function monthOf(time)
  local days = math.floor(time / day)
  local z = days + 719468
  local era = math.floor(z / 146097)
  local doe = z - era * 146097
  local yoe = math.floor((doe - math.floor(doe / 1460) + math.floor(doe / 36524) - math.floor(doe / 146096)) / 365)
  local doy = doe - (365 * yoe + math.floor(yoe / 4) - math.floor(yoe / 100))
  local mp = math.floor((5 * doy + 2) / 153)
  return (days - (doy - math.floor((153 * mp + 2) / 5))) * day
end

local function partOf(time, part)
  if part == 0 then return time end
  return math.floor(time / part)
end

local sliding = {
  room = function(s, h)
    if #s == 0 then return h.limit end
    local rest, sum = {0}, s[1]
    for at = 2, #s, 2 do
      local time = math.min(s[at], now)
      if time + h.window > now then
        rest[#rest + 1] = time
        rest[#rest + 1] = s[at + 1]
      else
        sum = sum - s[at + 1]
      end
    end
    rest[1] = sum
    h.state = rest
    return h.limit - sum
  end,
  add = function(s, h)
    if #s == 0 then s[1] = 0 end
    if s[1] >= h.limit then
      s[1] = s[1] - 1
      s[3] = s[3] - 1
      if s[3] == 0 then
        table.remove(s, 2)
        table.remove(s, 2)
      end
    end
    s[1] = s[1] + 1
    local last = #s - 1
    if last >= 2 and partOf(s[last], h.more) == partOf(now, h.more) then
      s[last] = now
      s[last + 1] = s[last + 1] + 1
    else
      s[#s + 1] = now
      s[#s + 1] = 1
    end
  end,
  wait = function(s, h)
    if #s > 1 then return s[2] + h.window - now end
    return 0
  end
}

local function startOf(time, h)
  if h.window == 0 then return monthOf(time) end
  return math.floor((time + h.more) / h.window) * h.window - h.more
end

local fixed = {
  room = function(s, h)
    local begun = startOf(now, h)
    if #s == 0 or s[1] < begun then s[2] = 0 end
    s[1] = begun
    return h.limit - s[2]
  end,
  add = function(s, h)
    s[2] = math.min(s[2] + 1, h.limit)
  end,
  wait = function(s, h)
    if h.window == 0 then return monthOf(monthOf(now) + 32 * day) - now end
    return startOf(now, h) + h.window - now
  end
}

local bucket = {
  room = function(s, h)
    h.all = h.more * h.window
    local past = math.max(0, now - (s[1] or now))
    s[2] = math.min(h.all, (s[2] or h.all) + past * h.limit)
    s[1] = now
    return math.floor(s[2] / h.window)
  end,
  add = function(s, h)
    s[2] = math.max(0, s[2] - h.window)
  end,
  wait = function(s, h)
    if s[2] == h.all then return 0 end
    return math.ceil((h.window - s[2] % h.window) / h.limit)
  end
}

local algorithms = {sliding = sliding, fixed = fixed, bucket = bucket}
local outcomes, at, key = {}, 2, 1
while at <= #ARGV do
  local how, many = ARGV[at], tonumber(ARGV[at + 1])
  at = at + 2
  local hits, passes = {}, true
  for each = 1, many do
    local h = {
      algorithm = algorithms[ARGV[at]], limit = tonumber(ARGV[at + 1]), window = tonumber(ARGV[at + 2]),
      more = tonumber(ARGV[at + 3]), keep = ARGV[at + 4], key = KEYS[key]
    }
    at = at + 5
    key = key + 1
    local kept = redis.call('GET', h.key)
    h.state = kept and cmsgpack.unpack(kept) or {}
    h.room = h.algorithm.room(h.state, h)
    passes = passes and h.room >= 1
    hits[each] = h
  end
  local adds = how == 'add' or (how == 'take' and passes)
  for each = 1, many do
    local h = hits[each]
    local remaining = h.room
    if adds then
      h.algorithm.add(h.state, h)
      remaining = remaining - 1
      redis.call('SET', h.key, cmsgpack.pack(h.state), 'PX', h.keep)
    end
    outcomes[#outcomes + 1] = h.room >= 1 and 1 or 0
    outcomes[#outcomes + 1] = math.max(0, remaining)
    outcomes[#outcomes + 1] = math.ceil(h.algorithm.wait(h.state, h))
  end
end
return outcomes
`
