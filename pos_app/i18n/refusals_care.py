"""The plain sentences of copies, restore and take-over."""

from pos_app.i18n.texts import mark

CARE = {
    "register.unknown": mark("{register}: 이 장터에서 본 적이 없는 계산대예요. 번호를 다시 봐요."),
    "shift.open_here": mark("이 컴퓨터의 {register} 계산대가 열려 있어요. 먼저 마감하고 이어받아요."),
    "backup.bad_place": mark("{place}: 사본을 둘 수 없는 곳이에요. 쓸 수 있는 USB나 다른 폴더를 골라요."),
    "backup.cut": mark("{file}: 끝까지 복사되지 않은 사본이에요. 다시 복사하거나 다른 사본을 골라요."),
    "backup.damaged": mark("{file}: 상한 사본이에요. 다른 사본을 골라요. 바뀐 것은 없어요."),
    "backup.newer": mark("{file}: 더 새로운 장터포스로 만든 사본이에요. 새 판으로 올린 뒤 되살려요."),
    "backup.none": mark("{file}: 그런 파일이 없어요. 이름을 다시 봐요."),
    "backup.not_one": mark("{file}: 장터포스의 사본이 아니에요. 다른 파일을 골라요."),
    "backup.not_ours": mark("{file}: 사본이 아닌 파일이 이미 있어요. 다른 이름을 골라요."),
    "backup.of_server": mark(
        "{file}: 다른 서버의 사본이에요. 서버를 끄고 데이터 폴더를 다른 곳에 옮긴 다음 되살려요. 바뀐 것은 없어요."
    ),
    "backup.other_register": mark(
        "{file}: 다른 컴퓨터({register})의 사본이에요. 그 계산대를 맡으려면 이어받기를 해요. 바뀐 것은 없어요."
    ),
    "backup.practice": mark("연습할 때는 사본을 만들거나 되살리지 않아요."),
    "backup.would_lose": mark("{file}: 지금 장부에 없는 기록이 든 사본이에요. 지우지 않았어요. 다른 이름을 골라요."),
}
