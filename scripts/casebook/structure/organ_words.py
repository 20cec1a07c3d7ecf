"""The words with which names of organs end, as alternatives of a regular expression."""

from __future__ import annotations

MEDIUM = (
    "日报|晚报|早报|时报|晨报|都市报|商报|报业|新闻网|在线|电视台|广播电台|总台|频道|客户端|传媒|出版社|杂志社|"
    "通讯社|新闻社|人民网|新华网|央视网|中新网|报社"
)
OF_A_PLACE = (
    "工委|党工委|党委|党组|党总支|党支部|支部|区委|市委|县委|省委|镇委|乡委|纪委|监委|政协|人大|委员会|政府|"
    "组织部|宣传部|统战部|政法委|党校|办公厅|办公室|局|厅|总工会|团委|妇联|中心|街道办事处|办事处|管委会|银行|协会|"
    "联合会|合作社|街道|支队|大队|总队|派出所|司法所|检察室|法庭|图书馆|博物馆|文化馆|档案馆|卫健委|发改委|国资委|工会|"
    "分公司|支行|服务站|居委会|村委会|社区|检察院|法院"
)
"""Words that make a name only with a place or an owner before them: 局, 中心."""

OF_ITS_OWN = (
    "学院|大学|中学|小学|学校|幼儿园|职校|医院|卫生院|集团|公司|研究院|研究所|"
    "煤矿|钢厂|电厂|农场|林场"
)
ORGAN_WORDS = f"{OF_A_PLACE}|{OF_ITS_OWN}|{MEDIUM}"
