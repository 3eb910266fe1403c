print("ethos")
