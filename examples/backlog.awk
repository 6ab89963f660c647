# Writes a backlog of applications for replacing a lost social security card, the same each time:
#
#     awk -v rows=100000 -f examples/backlog.awk > backlog.csv
#
# The persons are invented: their numbers begin with 99, which no place has.

function random(n) {  # 0 .. n-1, Lehmer's generator: every awk gives the same
    seed = (seed * 16807) % 2147483647
    return int(seed / 2147483647 * n)
}

# The day `n` days after 2026-01-04 as year-month-day.
function day(n,    month) {
    n += 4
    for (month = 1; n > days_of[month]; month++) n -= days_of[month]
    return sprintf("2026-%02d-%02d", month, n)
}

BEGIN {
    seed = 20260302
    split("31 28 31 30 31 30 31 31 30 31 30 31", days_of, " ")
    families = split("王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙 胡 朱 高 林 何 郭 马 罗", family, " ")
    givens = split("伟 芳 娜 敏 静 丽 强 磊 军 洋 勇 艳 杰 娟 涛 明 超 霞 平 刚 桂英 志强 " \
                   "秀兰 建国 晓明 海燕 文博 雨桐 子涵 欣怡", given, " ")
    split("central central central north north riverside", halls, " ")
    split("window window window web mobile mobile assisted", channels, " ")

    print "row,received,hall,channel,id_number,name,loss_reported,fee,finding,verdict"
    for (row = 1; row <= rows; row++) {
        received = day(int((row - 1) * 290 / rows))
        hall = halls[1 + random(6)]
        channel = channels[1 + random(7)]
        if (channel != "window" && channel != "assisted") hall = ""
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

        printf "%06d,%s,%s,%s,%s,%s,%s,%s,%s,%s\n", row, received, hall, channel, number, name,
            lost, fee, finding, verdict
    }
}
