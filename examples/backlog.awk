# Writes a backlog of applications for replacing a lost social security card, the same each time:
#
#     awk -v rows=100000 -f examples/backlog.awk > backlog.csv
#
# The persons are invented: their numbers begin with 99, which no place has.

function random(n) {  # 0 .. n-1, Lehmer's generator: every awk gives the same
    seed = (seed * 16807) % 2147483647
    return int(seed / 2147483647 * n)
}

function weekday(n) { return n % 7 >= 5 ? n + 7 - n % 7 : n }

# Noon-ish on the n-th day after Monday 2024-01-01.
function moment(n, hour,    month) {
    n += 1
    for (month = 1; n > days_of[month]; month++) n -= days_of[month]
    return sprintf("2024-%02d-%02dT%02d:%02d", month, n, hour, random(60))
}

BEGIN {
    seed = 20240302
    split("31 29 31 30 31 30 31 31 30 31 30 31", days_of, " ")
    families = split("王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙 胡 朱 高 林 何 郭 马 罗", family, " ")
    givens = split("伟 芳 娜 敏 静 丽 强 磊 军 洋 勇 艳 杰 娟 涛 明 超 霞 平 刚 桂英 志强 " \
                   "秀兰 建国 晓明 海燕 文博 雨桐 子涵 欣怡", given, " ")
    split("central central central north north riverside", halls, " ")
    split("window window window web mobile mobile assisted", channels, " ")

    print "row,hall,channel,id_number,name,loss_reported,fee,finding,verdict," \
          "received,accepted,supplied,reviewed,issued"
    for (row = 1; row <= rows; row++) {
        hall = halls[1 + random(6)]
        channel = channels[1 + random(7)]
        on_line = channel == "web" || channel == "mobile"
        if (on_line) hall = ""
        number = sprintf("99%04d%04d%02d%02d%03d%s", random(10000), 1945 + random(62),
                         1 + random(12), 1 + random(28), random(1000),
                         substr("0123456789X", 1 + random(11), 1))
        name = family[1 + random(families)] given[1 + random(givens)]
        lost = random(100) < 70 ? "true" : "false"
        fee = random(100) < 25 ? 16 : 0

        # What the window finds, and what the reviewer will think of it.
        luck = random(1000)
        finding = luck < 930 ? "complete" : luck < 985 ? "photo-missing" : luck < 992 \
            ? "never-supplied" : luck < 997 ? "not-ours" : "withdrawn"
        luck = random(1000)
        verdict = luck < 955 ? "approve" : luck < 980 ? "return" : "reject"

        # When: on line on any day, at a window on weekdays; a few reviews take too long.
        day = 1 + int((row - 1) * 290 / rows)
        if (!on_line) day = weekday(day)
        received = moment(day, 8 + random(4))
        day = weekday(day)
        accepted = moment(day, 13 + random(3))
        answered = weekday(day + 1 + random(14))
        supplied = moment(answered, 10)
        if (finding == "photo-missing") day = answered
        luck = random(1000)
        day = weekday(day + (luck < 985 ? 1 + random(4) : 8 + random(6)))
        reviewed = moment(day, 9 + random(7))
        issued = moment(weekday(day + random(2)), 16)

        printf "%06d,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s\n", row, hall, channel, number, name,
            lost, fee, finding, verdict, received, accepted, supplied, reviewed, issued
    }
}
